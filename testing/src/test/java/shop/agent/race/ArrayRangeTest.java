package shop.agent.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Which elements a call of the JDK reads and writes.
class ArrayRangeTest {

    private static final int SIZE = 10;

    /// A call on an array.
    private interface Use<A> {
        void of(A array) throws Exception;
    }

    /// Asserts that `call` reads exactly the elements `from` to before `to` of an array of 10, and writes none.
    private static void reads(int from, int to, Use<int[]> call) {
        touches(from, to, call, false);
    }

    /// Asserts that `call` writes exactly the elements `from` to before `to` of an array of 10.
    private static void writes(int from, int to, Use<int[]> call) {
        touches(from, to, call, true);
    }

    private static void touches(int from, int to, Use<int[]> call, boolean writes) {
        if (from < to) {
            race(() -> {
                int[] a = new int[SIZE];
                together(() -> call.of(a), () -> a[from] = 1);
            });
            race(() -> {
                int[] a = new int[SIZE];
                together(() -> a[to - 1] = 1, () -> call.of(a));
            });
            if (writes) {
                race(() -> {
                    int[] a = new int[SIZE];
                    together(() -> call.of(a), () -> use(a[from]));
                });
            } else {
                noRace(() -> {
                    int[] a = new int[SIZE];
                    together(() -> call.of(a), () -> use(a[from]));
                });
            }
        }
        noRace(() -> {
            int[] a = new int[SIZE];
            together(
                    () -> call.of(a),
                    () -> {
                        for (int i = 0; i < SIZE; i++) {
                            if (i < from || i >= to) a[i] = 1;
                        }
                    });
        });
    }

    private static void charsRead(int from, int to, Use<char[]> call) {
        race(() -> {
            char[] a = new char[SIZE];
            together(() -> call.of(a), () -> a[to - 1] = 1);
        });
        noRace(() -> {
            char[] a = new char[SIZE];
            together(
                    () -> call.of(a),
                    () -> {
                        if (from > 0) a[from - 1] = 1;
                        if (to < SIZE) a[to] = 1;
                        use(a[from]);
                    });
        });
    }

    private static void bytesRead(int from, int to, Use<byte[]> call) {
        race(() -> {
            byte[] a = new byte[SIZE];
            together(() -> call.of(a), () -> a[to - 1] = 1);
        });
        noRace(() -> {
            byte[] a = new byte[SIZE];
            together(
                    () -> call.of(a),
                    () -> {
                        if (from > 0) a[from - 1] = 1;
                        if (to < SIZE) a[to] = 1;
                        use(a[from]);
                    });
        });
    }

    @Test
    void arraycopy() {
        reads(2, 5, a -> System.arraycopy(a, 2, new int[SIZE], 4, 3));
        writes(4, 7, a -> System.arraycopy(new int[SIZE], 2, a, 4, 3));
        reads(0, 0, a -> System.arraycopy(a, 2, new int[SIZE], 4, 0));
        reads(0, 0, a -> assertThatThrownBy(() -> System.arraycopy(a, 2, new long[SIZE], 4, 3)).isNotNull());
        reads(0, 0, a -> assertThatThrownBy(() -> System.arraycopy(a, 2, a, 4, 7)).isNotNull());
    }

    @Test
    void copies() {
        reads(0, 10, a -> use(a.clone()));
        reads(0, 4, a -> use(Arrays.copyOf(a, 4)));
        reads(0, 10, a -> use(Arrays.copyOf(a, 14)));
        reads(3, 6, a -> use(Arrays.copyOfRange(a, 3, 6)));
        reads(3, 10, a -> use(Arrays.copyOfRange(a, 3, 16)));
        UnaryOperator<int[]> copy = int[]::clone;
        reads(0, 10, a -> use(copy.apply(a)));
    }

    @Test
    void fillAndSetAll() {
        writes(0, 10, a -> Arrays.fill(a, 1));
        writes(2, 4, a -> Arrays.fill(a, 2, 4, 1));
        writes(0, 0, a -> Arrays.fill(a, 4, 4, 1));
        writes(0, 10, a -> Arrays.setAll(a, i -> i));
        noRace(() -> {
            double[] a = new double[SIZE];
            together(() -> Arrays.fill(a, 2, 4, 1.5), () -> a[4] = 1);
        });
        race(() -> {
            long[] a = new long[SIZE];
            together(() -> Arrays.fill(a, 2, 4, 1L), () -> a[3] = 1);
        });
    }

    @Test
    void sort() {
        writes(0, 10, Arrays::sort);
        writes(2, 4, a -> Arrays.sort(a, 2, 4));
        writes(0, 0, a -> Arrays.sort(a, 2, 3));
        race(() -> {
            String[] a = {"b", "a", "c"};
            together(() -> Arrays.sort(a, Comparator.reverseOrder()), () -> a[2] = "d");
        });
        noRace(() -> {
            String[] a = {"b", "a", "c"};
            together(() -> Arrays.sort(a, 0, 2, Comparator.reverseOrder()), () -> a[2] = "d");
        });
    }

    @Test
    void equalsReadsUpToTheFirstDifference() {
        reads(0, 10, a -> use(Arrays.equals(a, new int[SIZE])));
        int[] other = {0, 0, 7, 0, 0, 0, 0, 0, 0, 0};
        reads(0, 3, a -> use(Arrays.equals(a, other)));
        reads(0, 0, a -> use(Arrays.equals(a, new int[3])));
        reads(0, 0, a -> use(Arrays.equals(a, a)));
        race(() -> {
            Object[] a = {"a", "b"};
            together(() -> use(Arrays.equals(a, a.clone())), () -> a[1] = "c");
        });
    }

    @Test
    void hashCodeAndToString() {
        reads(0, 10, a -> use(Arrays.hashCode(a)));
        reads(0, 10, a -> use(Arrays.toString(a)));
        race(() -> {
            Object[] a = {"a", "b"};
            together(() -> use(Arrays.toString(a)), () -> a[1] = "c");
        });
    }

    @Test
    void textOfChars() {
        charsRead(0, 10, a -> use(new String(a)));
        charsRead(2, 5, a -> use(new String(a, 2, 3)));
        charsRead(0, 10, a -> use(String.valueOf(a)));
        charsRead(2, 5, a -> use(String.valueOf(a, 2, 3)));
        charsRead(0, 10, a -> use(String.copyValueOf(a)));
        charsRead(2, 5, a -> use(String.copyValueOf(a, 2, 3)));
        reads(2, 5, a -> use(new String(a, 2, 3)));
        noRace(() -> {
            char[] a = new char[SIZE];
            together(() -> use(String.valueOf((Object) a)), () -> a[0] = 1);
        });
    }

    @Test
    @SuppressWarnings({"deprecation", "JdkObsolete", "StringCharset"}) // all constructors
    void textOfBytes() {
        bytesRead(0, 10, a -> use(new String(a, UTF_8)));
        bytesRead(0, 10, a -> use(new String(a, "UTF-8")));
        bytesRead(2, 5, a -> use(new String(a, 2, 3, UTF_8)));
        bytesRead(2, 5, a -> use(new String(a, 2, 3, "UTF-8")));
        bytesRead(0, 10, a -> use(new String(a, 0)));
        bytesRead(2, 5, a -> use(new String(a, 0, 2, 3)));
        noRace(() -> {
            byte[] a = new byte[SIZE];
            together(
                    () ->
                            assertThatThrownBy(() -> use(new String(a, "of no kind")))
                                    .isInstanceOf(UnsupportedEncodingException.class),
                    () -> a[0] = 1);
        });
    }

    @Test
    void getChars() {
        race(() -> {
            char[] a = new char[SIZE];
            together(() -> "abcdef".getChars(1, 4, a, 2), () -> use(a[4]));
        });
        noRace(() -> {
            char[] a = new char[SIZE];
            together(
                    () -> "abcdef".getChars(1, 4, a, 2),
                    () -> {
                        a[1] = 1;
                        a[5] = 1;
                    });
        });
    }

    @Test
    void readFromBytes() {
        race(() -> {
            byte[] a = new byte[SIZE];
            together(() -> use(new ByteArrayInputStream(new byte[3]).read(a, 2, 8)), () -> use(a[4]));
        });
        noRace(() -> {
            byte[] a = new byte[SIZE];
            together(
                    () -> use(new ByteArrayInputStream(new byte[3]).read(a, 2, 8)),
                    () -> {
                        a[1] = 1;
                        a[5] = 1;
                    });
        });
    }

    /// The second element is written after the value was received, and the first before another was sent.
    @Test
    void edgesWithinACall() {
        noRace(() -> {
            int[] a = new int[2];
            var to = Chan.<Integer>make(1);
            var from = Chan.<Integer>make(1);
            together(
                    () ->
                            Arrays.setAll(
                                    a,
                                    i -> {
                                        if (i == 0) return 1;
                                        to.send(1);
                                        return from.recv();
                                    }),
                    () -> {
                        use(Objects.requireNonNull(to.recv()));
                        a[0] = 2;
                        a[1] = 2;
                        from.send(3);
                    });
        });
        noRace(() -> {
            Object[] a = {new AtomicInteger(), "b"};
            together(() -> use(Arrays.toString(a)), () -> use(a[1]));
        });
    }

    /// Only the first elements of a large range are recorded.
    @Test
    void largeRange() {
        race(() -> {
            int[] a = new int[1_000_000];
            together(() -> Arrays.fill(a, 1), () -> a[9_999] = 1);
        });
    }

    /// A loop over calls: the stack map frames of its jumps do not have the variables of the points.
    @Test
    void callsInLoops() {
        noRace(() -> {
            int[] a = new int[SIZE];
            together(
                    () -> {
                        for (int i = 0; i < 3; i++) {
                            long wide = i;
                            if (i > 0) System.arraycopy(a, 0, a, 1, 4);
                            else Arrays.fill(a, 0, 5, (int) wide);
                            use(i > 1 ? new String(a, i > 1 ? 0 : 1, 2) : Arrays.toString(Arrays.copyOf(a, 3)));
                        }
                    },
                    () -> Arrays.fill(a, 5, 10, 2));
        });
    }
}
