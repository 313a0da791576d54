package shop.agent.race;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import gofer.testing.agent.RaceDetector;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests in which the JDK reads or writes the elements of an array: `slice_test.go` and `mop_test.go`.
class JdkArrayRaceTest {

    private static Body on(BiConsumer<int[], int[]> other, BiConsumer<int[], int[]> here) {
        return () -> {
            int[] a = new int[10];
            int[] b = new int[10];
            together(() -> other.accept(a, b), () -> here.accept(a, b));
        };
    }

    private static Body onObjects(BiConsumer<Object[], Object[]> other, BiConsumer<Object[], Object[]> here) {
        return () -> {
            Object[] a = new Object[10];
            Object[] b = new Object[10];
            Arrays.fill(a, "");
            Arrays.fill(b, "");
            together(() -> other.accept(a, b), () -> here.accept(a, b));
        };
    }

    /// Writes the first `n` elements of `a`, and reads those of `b`.
    private static void copy(Object a, Object b, int n) {
        System.arraycopy(b, 0, a, 0, n);
    }

    @Test
    void raceSliceCopyRead() {
        race(on((a, _) -> use(a[5]), (a, b) -> System.arraycopy(b, 0, a, 0, 10)));
    }

    @Test
    void noRaceSliceWriteCopy() {
        noRace(on((a, _) -> a[5] = 1, (a, b) -> System.arraycopy(b, 0, a, 0, 5)));
    }

    @Test
    void raceSliceCopyWrite2() {
        race(on((_, b) -> b[5] = 1, (a, b) -> System.arraycopy(b, 0, a, 0, 10)));
    }

    @Test
    void raceSliceCopyWrite3() {
        race(() -> {
            char[] a = new char[10];
            together(() -> a[7] = 1, () -> "abcdefghij".getChars(0, 10, a, 0));
        });
    }

    @Test
    void noRaceSliceCopyRead() {
        noRace(on((_, b) -> use(b[5]), (a, b) -> System.arraycopy(b, 0, a, 0, 10)));
    }

    @Test
    void racePointerSliceCopyRead() {
        race(onObjects((a, _) -> use(a[5]), (a, b) -> copy(a, b, 10)));
    }

    @Test
    void noRacePointerSliceWriteCopy() {
        noRace(onObjects((a, _) -> a[5] = "a", (a, b) -> copy(a, b, 5)));
    }

    @Test
    void racePointerSliceCopyWrite2() {
        race(onObjects((_, b) -> b[5] = "a", (a, b) -> copy(a, b, 10)));
    }

    @Test
    void noRacePointerSliceCopyRead() {
        noRace(onObjects((_, b) -> use(b[5]), (a, b) -> copy(a, b, 10)));
    }

    @Test
    void raceSliceAppendString() {
        race(() -> {
            byte[] a = new byte[10];
            together(() -> use(Arrays.copyOf(a, 16)), () -> a[0] = 42);
        });
    }

    @Test
    void raceSliceByteToString() {
        race(() -> {
            byte[] a = new byte[10];
            together(() -> use(new String(a, ISO_8859_1)), () -> a[0] = 42);
        });
    }

    @Test
    void raceSliceRuneToString() {
        race(() -> {
            int[] a = new int[10];
            together(() -> use(new String(a, 0, 10)), () -> a[9] = 42);
        });
    }

    @Test
    void raceSlice4() {
        race(() -> {
            byte[] data = "hello there".getBytes(US_ASCII);
            var wg = new WaitGroup();
            wg.go(() -> use(new String(data, US_ASCII)));
            System.arraycopy(data, 2, data, 0, data.length - 2);
            wg.await();
        });
    }

    @Test
    void raceAppendRW() {
        race(on((a, _) -> use(Arrays.copyOf(a, 11)), (a, _) -> a[0] = 1));
    }

    @Test
    void raceArrayCopy() {
        race(on((a, _) -> a[3] = 1, (a, _) -> Arrays.setAll(a, i -> i)));
    }

    /// The reader of the channel reads the array while the next bytes are written to it. The array is the same each time.
    @Test
    void raceIssue5654() {
        assumeFalse(RaceDetector.isRunning(), "the detector does not see what the JDK reads into an array");
        race(() -> {
            var data = new ByteArrayInputStream("a text of more than one part".getBytes(US_ASCII));
            var in = Chan.<byte[]>make();
            together(
                    () -> {
                        byte[] part = new byte[8];
                        while (data.read(part) > 0) in.send(part);
                        in.close();
                    },
                    () -> {
                        for (byte[] part : in) {
                            for (byte b : part) use(b);
                        }
                    });
        });
    }

    /// Go's TestRaceReflectCopyWW, of `reflect_test.go`.
    @Test
    void raceReflectCopyWW() {
        race(on((a, _) -> System.arraycopy(a, 0, a, 0, 2), (a, _) -> System.arraycopy(a, 0, a, 0, 2)));
    }
}
