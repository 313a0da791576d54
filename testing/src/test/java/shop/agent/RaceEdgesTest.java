package shop.agent;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.junit.jupiter.api.Test;

/// Programs without data races whose order comes from operations that are easy to overlook.
@SuppressWarnings({"FutureReturnValueIgnored", "JdkObsolete", "UnusedVariable"}) // the programs need these
class RaceEdgesTest {

    private static final class Node {
        static final AtomicIntegerFieldUpdater<Node> UPDATER =
                AtomicIntegerFieldUpdater.newUpdater(Node.class, "state");
        static final VarHandle STATE = handle();
        static final VarHandle SAME_STATE = handle();

        volatile int state;
        int value;

        private static VarHandle handle() {
            try {
                return MethodHandles.lookup().findVarHandle(Node.class, "state", int.class);
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError("no field", impossible);
            }
        }
    }

    private static class Base {
        static volatile boolean ready;
    }

    private static class Shadow extends Base {
        static volatile boolean ready;

        static boolean isReady() {
            return ready;
        }
    }

    private static final class Last extends Shadow {}

    @SuppressWarnings("serial")
    private static final class SafeList extends ArrayList<Integer> {

        @Override
        public synchronized boolean add(Integer element) {
            return super.add(element);
        }

        @Override
        public synchronized Iterator<Integer> iterator() {
            return List.of(super.toArray(new Integer[0])).iterator();
        }
    }

    private static final class Flag {
        static final AtomicInteger READY = new AtomicInteger();
    }

    private static final class Lazy {
        static final int VALUE;

        static {
            Flag.READY.set(1);
            VALUE = 1;
        }
    }

    private static void noRace(Body body) {
        noRace(200, body);
    }

    private static void noRace(long schedules, Body body) {
        Exploration result = Explore.schedules(schedules).search(body);
        assertThat(result.faults()).isEmpty();
    }

    @Test
    void fieldUpdaterOrdersReadsOfTheField() {
        noRace(() -> {
            var node = new Node();
            go(() -> {
                node.value = 1;
                Node.UPDATER.set(node, 1);
            });
            while (node.state == 0) {
                Thread.onSpinWait();
            }
            assertThat(node.value).isEqualTo(1);
        });
    }

    @Test
    void fieldOrdersItsUpdater() {
        noRace(() -> {
            var node = new Node();
            go(() -> {
                node.value = 1;
                node.state = 1;
            });
            while (Node.UPDATER.get(node) == 0) {
                Thread.onSpinWait();
            }
            assertThat(node.value).isEqualTo(1);
        });
    }

    @Test
    void variableHandleOrdersReadsOfTheField() {
        noRace(() -> {
            var node = new Node();
            go(() -> {
                node.value = 1;
                Node.STATE.setVolatile(node, 1);
            });
            while (node.state == 0) {
                Thread.onSpinWait();
            }
            assertThat(node.value).isEqualTo(1);
        });
    }

    @Test
    void twoVariableHandlesOfTheSameField() {
        noRace(() -> {
            var node = new Node();
            go(() -> {
                node.value = 1;
                Node.STATE.setRelease(node, 1);
            });
            while ((int) Node.SAME_STATE.getAcquire(node) == 0) {
                Thread.onSpinWait();
            }
            assertThat(node.value).isEqualTo(1);
        });
    }

    @Test
    void vectorUsesItsMonitor() {
        noRace(() -> {
            var node = new Node();
            var vector = new Vector<Integer>();
            go(() -> {
                synchronized (vector) {
                    vector.add(1);
                    node.value = 1;
                }
            });
            while (vector.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(node.value).isEqualTo(1);
        });
    }

    @Test
    void synchronizedListUsesItsMonitor() {
        noRace(() -> {
            var node = new Node();
            var plain = new ArrayList<Integer>();
            List<Integer> list = Collections.synchronizedList(plain);
            go(() -> {
                synchronized (list) {
                    plain.add(1);
                    node.value = 1;
                }
            });
            while (list.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(node.value).isEqualTo(1);
        });
    }

    @Test
    void shadowedStaticField() {
        noRace(() -> {
            Last.ready = false;
            var node = new Node();
            go(() -> {
                node.value = 1;
                Last.ready = true;
            });
            while (!Shadow.isReady()) {
                Thread.onSpinWait();
            }
            assertThat(node.value).isEqualTo(1);
        });
    }

    @Test
    void listThatLocksInOverriddenMethods() {
        noRace(() -> {
            var list = new SafeList();
            var group = new WaitGroup();
            group.go(() -> list.add(1));
            assertThat(list.toString()).isIn("[]", "[1]");
            group.await();
        });
    }

    @Test
    void initializerOrders() {
        noRace(
                1,
                () -> {
                    var node = new Node();
                    var group = new WaitGroup();
                    group.go(() -> {
                        node.value = 1;
                        assertThat(Lazy.VALUE).isEqualTo(1);
                    });
                    while (Flag.READY.get() == 0) {
                        Thread.onSpinWait();
                    }
                    assertThat(node.value).isEqualTo(1);
                    group.await();
                });
    }

    @Test
    void removalFromAnEmptyCollection() {
        noRace(() -> {
            Deque<Integer> deque = new ArrayDeque<>();
            Map<String, Integer> map = new HashMap<>();
            var group = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                group.go(() -> {
                    assertThat(deque.poll()).isNull();
                    assertThat(map.remove("a")).isNull();
                });
            }
            group.await();
        });
    }

    @Test
    void replacedValuesOfDifferentKeys() {
        noRace(() -> {
            Map<String, Integer> map = new HashMap<>(Map.of("a", 0, "b", 0));
            var group = new WaitGroup();
            group.go(() -> map.replace("a", 1));
            group.go(() -> map.replace("b", 1));
            group.await();
        });
    }

    @Test
    void completionServiceIsNotSupported() {
        Exploration result =
                Explore.schedules(20)
                        .search(() -> {
                            var node = new Node();
                            var service = new ExecutorCompletionService<Integer>(Thread::startVirtualThread);
                            var _ = service.submit(() -> node.value = 1);
                            var _ = service.take();
                            node.value++;
                        });
        assertThat(result.faults()).isEmpty();
        assertThat(result.notes()).singleElement().asString().contains("ExecutorCompletionService was used");
    }
}
