package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HandlesTest {

    @Test
    void theModeDecidesTheEdges() {
        String acquire = "acquireHandle Main -1";
        String release = "releaseHandle Main -1";
        assertThat(run("return (int) FIELD.get(main);")).isEmpty();
        assertThat(run("return (int) FIELD.getOpaque(main);")).isEmpty();
        assertThat(run("FIELD.set(main, 2); FIELD.setOpaque(main, 3); return 0;")).isEmpty();
        assertThat(run("return (int) FIELD.getAcquire(main);")).containsExactly(acquire);
        assertThat(run("return (int) FIELD.getVolatile(main);")).containsExactly(acquire);
        assertThat(run("FIELD.setRelease(main, 3); return 0;")).containsExactly(release);
        assertThat(run("FIELD.setVolatile(main, 3); return 0;")).containsExactly(release);
        assertThat(run("return FIELD.compareAndSet(main, 0, 1);")).containsExactly(release, acquire);
        assertThat(run("return FIELD.weakCompareAndSetPlain(main, 0, 1) ? 1 : 1;")).isEmpty();
        assertThat(run("return (int) FIELD.compareAndExchangeAcquire(main, 0, 1);")).containsExactly(acquire);
        assertThat(run("return (int) FIELD.compareAndExchangeRelease(main, 0, 1);")).containsExactly(release);
        assertThat(run("return (int) FIELD.getAndAdd(main, 2);")).containsExactly(release, acquire);
        assertThat(run("return (int) FIELD.getAndBitwiseOrRelease(main, 2);")).containsExactly(release);
    }

    @Test
    void theArgumentsTellTheVariable() {
        assertThat(run("SHARED.setVolatile(2L); return (long) SHARED.getAndSet(3L);"))
                .containsExactly("releaseHandle null -1", "releaseHandle null -1", "acquireHandle null -1");
        assertThat(run("double[] all = new double[3]; return ELEMENT.compareAndSet(all, 2, 0.0, 1.0);"))
                .containsExactly("releaseHandle double[] 2", "acquireHandle double[] 2");
    }

    private static List<String> run(String body) {
        return Rewritten.of(
                        """
                        import java.lang.invoke.*;
                        class Main {
                            volatile int state;
                            static volatile long shared;
                            static final Main main = new Main();
                            static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(double[].class);
                            static final VarHandle FIELD;
                            static final VarHandle SHARED;
                            static {
                                try {
                                    var lookup = MethodHandles.lookup();
                                    FIELD = lookup.findVarHandle(Main.class, "state", int.class);
                                    SHARED = lookup.findStaticVarHandle(Main.class, "shared", long.class);
                                } catch (ReflectiveOperationException wrong) {
                                    throw new ExceptionInInitializerError(wrong);
                                }
                            }
                            static Object run() {
                                BODY
                            }
                        }
                        """
                                .replace("BODY", body))
                .run();
    }
}
