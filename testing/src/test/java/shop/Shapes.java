package shop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Classes of all kinds, as in real programs.
@SuppressWarnings({"UnusedVariable", "MutablePublicArray", "ImmutableEnumChecker"}) // as in real programs
public final class Shapes {

    private Shapes() {}

    /// An interface whose methods have bodies.
    public interface Counting {
        /// Shared by all classes that implement this interface.
        int[] COUNT = new int[1];

        static void up() {
            COUNT[0]++;
        }

        default void twice() {
            up();
            up();
        }
    }

    /// An enum with a field that is not final, and a switch over its constants.
    public enum Season {
        DRY,
        WET;

        public int days;

        static int of(Season season) {
            return switch (season) {
                case DRY -> ++season.days;
                case WET -> 0;
            };
        }
    }

    /// A record that counts its instances.
    public record Pair(int a, int b) {
        public static int created;

        public Pair {
            created++;
        }
    }

    /// A class whose instances escape before they are fully constructed.
    public static class Early {
        public static volatile @Nullable Early last;
        public int n;

        public Early() {
            last = this;
            n = 42;
        }
    }

    /// A class whose instances do not escape before they are fully constructed.
    public static class Late {
        public int n;
        private List<Integer> all;
        private @Nullable Late self;

        public Late(int n) {
            this.n = n + 1;
            this.n++;
            all = new ArrayList<>();
            self = n > 0 ? null : this;
        }
    }

    /// A class with a long initialization on first use.
    public static class Lazy {
        private static final List<Integer> ALL = new ArrayList<>();
        public static int last;

        static {
            for (int i = 0; i < 10; i++) add(i);
        }

        private static void add(int i) {
            ALL.add(i);
            last = i;
        }
    }

    public static void countTogether() throws InterruptedException {
        Counting.COUNT[0] = 0;
        var counting = new Counting() {};
        ShopRuns.together(counting::twice, Counting::up);
        ShopRuns.expect(3, Counting.COUNT[0]);
    }

    public static void seasonsTogether() throws InterruptedException {
        Season.DRY.days = 0;
        ShopRuns.together(() -> Season.of(Season.DRY), () -> Season.of(Season.DRY));
        ShopRuns.expect(2, Season.DRY.days);
    }

    public static void pairsTogether() throws InterruptedException {
        Pair.created = 0;
        ShopRuns.together(() -> new Pair(1, 2), () -> new Pair(3, 4));
        ShopRuns.expect(2, Pair.created);
    }

    public static void seenTooEarly() throws InterruptedException {
        Early.last = null;
        ShopRuns.together(
                Early::new,
                () -> {
                    Early last = Early.last;
                    if (last != null) ShopRuns.expect(42, last.n);
                });
    }

    public static void createdIndependently() throws InterruptedException {
        ShopRuns.together(() -> new Late(1), () -> new Late(2));
    }

    public static void firstUse() throws InterruptedException {
        ShopRuns.together(() -> ShopRuns.expect(9, Lazy.last), () -> ShopRuns.expect(9, Lazy.last));
    }
}
