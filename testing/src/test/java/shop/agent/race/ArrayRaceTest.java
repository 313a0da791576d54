package shop.agent.race;

import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.goroutine.Body;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of slices and arrays, `slice_test.go` and `mop_test.go`: each element is a variable, and so is a field that holds an
/// array. The length never changes.
class ArrayRaceTest {

    /// A variable that holds an array, and one that holds an index.
    static final class Holder {
        int[] a = new int[10];
        int i;
        int[] b = new int[10];
    }

    private static Body on(Consumer<int[]> other, Consumer<int[]> here) {
        return () -> {
            int[] a = new int[10];
            together(() -> other.accept(a), () -> here.accept(a));
        };
    }

    private static Body in(Consumer<Holder> other, Consumer<Holder> here) {
        return () -> {
            var h = new Holder();
            together(() -> other.accept(h), () -> here.accept(h));
        };
    }

    @Test
    void raceSliceRW() {
        race(on(a -> a[1] = 1, a -> use(a[1])));
    }

    @Test
    void noRaceSliceRW() {
        noRace(on(a -> a[0] = 1, a -> use(a[1])));
    }

    @Test
    void raceSliceWW() {
        race(on(a -> a[1] = 1, a -> a[1] = 2));
    }

    @Test
    void noRaceArrayWW() {
        noRace(() -> {
            long[] a = new long[5];
            together(() -> a[0] = 1, () -> a[1] = 2);
        });
    }

    @Test
    void raceArrayWW() {
        race(() -> {
            long[] a = new long[5];
            together(() -> a[1] = 1, () -> a[1] = 2);
        });
    }

    @Test
    void noRaceSliceWriteLen() {
        noRace(() -> {
            boolean[] a = new boolean[1];
            together(() -> a[0] = true, () -> use(a.length));
        });
    }

    /// A part of an array. To make one reads no element.
    static final class View {
        final double[] a;
        final int from;
        final int to;

        View(double[] a, int from, int to) {
            this.a = a;
            this.from = from;
            this.to = to;
        }
    }

    @Test
    void noRaceSliceWriteSlice2() {
        noRace(() -> {
            double[] a = new double[10];
            together(() -> a[2] = 1, () -> use(new View(a, 0, 5)));
        });
    }

    @Test
    void noRaceSliceWriteSlice() {
        noRace(() -> {
            double[] a = new double[10];
            together(() -> a[2] = 1, () -> use(new View(a, 5, 10)));
        });
    }

    @Test
    void raceSliceWriteSlice() {
        race(in(h -> h.a[2] = 1, h -> h.a = Arrays.copyOfRange(h.a, 5, 10)));
    }

    @Test
    void noRaceSliceLenCap() {
        noRace(on(a -> use(a.length), a -> use(a.length)));
    }

    @Test
    void noRaceStructSlicesRangeWrite() {
        noRace(
                in(
                        h -> {
                            for (int n : h.a) use(n);
                        },
                        h -> h.b[5] = 5));
    }

    /// Two variables that hold the same array.
    @Test
    void raceSliceDifferent() {
        race(() -> {
            int[] a = new int[10];
            int[] same = a;
            together(() -> a[3] = 3, () -> same[3] = 3);
        });
    }

    @Test
    void raceSliceRangeWrite() {
        race(
                on(
                        a -> a[3] = 3,
                        a -> {
                            for (int n : a) use(n);
                        }));
    }

    /// A loop that uses the index only.
    @Test
    void noRaceSliceRangeWrite() {
        noRace(
                on(
                        a -> a[3] = 3,
                        a -> {
                            for (int i = 0; i < a.length; i++) use(i);
                        }));
    }

    @Test
    void raceSliceRangeAppend() {
        race(
                in(
                        h -> h.a = append(h.a, h.a.length, 3),
                        h -> {
                            for (int i = 0; i < h.a.length; i++) use(i);
                        }));
    }

    @Test
    void noRaceSliceRangeAppend() {
        noRace(
                in(
                        h -> use(append(h.a, h.a.length, 3)),
                        h -> {
                            for (int i = 0; i < h.a.length; i++) use(i);
                        }));
    }

    @Test
    void raceSliceVarWrite() {
        race(in(h -> h.a[3] = 3, h -> h.a = new int[20]));
    }

    @Test
    void raceSliceVarRead() {
        race(in(h -> use(h.a[3]), h -> h.a = new int[20]));
    }

    @Test
    void raceSliceVarRange() {
        race(
                in(
                        h -> {
                            for (int n : h.a) use(n);
                        },
                        h -> h.a = new int[20]));
    }

    @Test
    void raceSliceVarAppend() {
        race(
                in(
                        h -> {
                            int[] a = h.a;
                            use(append(a, a.length, 10));
                        },
                        h -> h.a = new int[20]));
    }

    @Test
    void raceSliceVarCopy() {
        race(in(h -> System.arraycopy(new int[10], 0, h.a, 0, 10), h -> h.a = new int[20]));
    }

    @Test
    void raceSliceVarCopy2() {
        race(in(h -> System.arraycopy(h.a, 0, new int[10], 0, 10), h -> h.a = new int[20]));
    }

    /// Both write the element after the first five.
    @Test
    void raceSliceAppend() {
        race(on(a -> use(append(a, 5, 1)), a -> use(append(a, 5, 2))));
    }

    @Test
    void raceSliceAppendWrite() {
        race(on(a -> use(append(a, a.length, 1)), a -> a[0] = 42));
    }

    @Test
    void raceSliceAppendSlice() {
        race(on(a -> use(concat(a, new int[10])), a -> a[0] = 42));
    }

    @Test
    void raceSliceAppendSlice2() {
        race(on(a -> use(concat(new int[10], a)), a -> a[5] = 42));
    }

    /// Writes `value` after the first `len` elements. Makes a longer array if there is no place.
    private static int[] append(int[] a, int len, int value) {
        int[] result = a;
        if (len == a.length) {
            result = new int[2 * len];
            for (int i = 0; i < len; i++) result[i] = a[i];
        }
        result[len] = value;
        return result;
    }

    private static int[] concat(int[] a, int[] b) {
        int[] result = new int[a.length + b.length];
        for (int i = 0; i < a.length; i++) result[i] = a[i];
        for (int i = 0; i < b.length; i++) result[a.length + i] = b[i];
        return result;
    }

    private static Body onObjects(Consumer<Object[]> other, Consumer<Object[]> here) {
        return () -> {
            Object[] a = new Object[10];
            Arrays.fill(a, "");
            together(() -> other.accept(a), () -> here.accept(a));
        };
    }

    private static Object[] append(Object[] a, int len, Object value) {
        Object[] result = a;
        if (len == a.length) {
            result = new Object[2 * len];
            for (int i = 0; i < len; i++) result[i] = a[i];
        }
        result[len] = value;
        return result;
    }

    private static Object[] concat(Object[] a, Object[] b) {
        Object[] result = new Object[a.length + b.length];
        for (int i = 0; i < a.length; i++) result[i] = a[i];
        for (int i = 0; i < b.length; i++) result[a.length + i] = b[i];
        return result;
    }

    @Test
    void racePointerSliceAppend() {
        race(onObjects(a -> use(append(a, 5, "a")), a -> use(append(a, 5, "b"))));
    }

    @Test
    void racePointerSliceAppendWrite() {
        race(onObjects(a -> use(append(a, a.length, "a")), a -> a[0] = "b"));
    }

    @Test
    void racePointerSliceAppendSlice() {
        race(onObjects(a -> use(concat(a, new Object[10])), a -> a[0] = "b"));
    }

    @Test
    void racePointerSliceAppendSlice2() {
        race(onObjects(a -> use(concat(new Object[10], a)), a -> a[5] = "b"));
    }

    @Test
    void noRaceSliceIndexAccess() {
        noRace(in(h -> use(h.i), h -> h.a[h.i] = 1));
    }

    @Test
    void noRaceSliceIndexAccess2() {
        noRace(in(h -> use(h.i), h -> use(h.a[h.i])));
    }

    @Test
    void raceSliceIndexAccess() {
        race(in(h -> h.i = 1, h -> h.a[h.i] = 1));
    }

    @Test
    void raceSliceIndexAccess2() {
        race(in(h -> h.i = 1, h -> use(h.a[h.i])));
    }

    @Test
    void raceConcatString() {
        race(() -> {
            var v = new Vars();
            together(() -> use(v.s + " world"), () -> v.s = "world");
        });
    }

    @Test
    void raceCompareString() {
        race(() -> {
            var v = new Vars();
            together(() -> use(v.s.equals("world")), () -> v.s = "world");
        });
    }

    @Test
    void raceSlice3() {
        race(in(h -> h.i = 3, h -> use(Arrays.copyOfRange(h.a, 0, h.i))));
    }

    @Test
    void raceAppendLenRW() {
        race(in(h -> h.a = append(h.a, h.a.length, 1), h -> use(h.a.length)));
    }

    @Test
    void raceSliceSlice() {
        race(in(h -> h.a = new int[20], h -> use(Arrays.copyOfRange(h.a, 2, 3))));
    }

    @Test
    void raceSliceSlice2() {
        race(in(h -> h.i = 3, h -> use(Arrays.copyOfRange(h.a, h.i, 4))));
    }

    @Test
    void noRaceBlank() {
        noRace(() -> {
            int[] a = new int[5];
            together(() -> use(a[0] + a[1]), () -> use(a[2] + a[3]));
            a[1] = a[0];
        });
    }
}
