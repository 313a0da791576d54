package gofer.race.runtime;

/// Stands for a rewritten class: its fields have epochs, and their accessors are as the rewriter makes them.
@SuppressWarnings({"NonFinalStaticField", "unused"})
class Shop implements Cloneable {

    static final int TOTAL = Fields.add("gofer.race.runtime.Shop", "total", false, true);
    static final int SHARED = Fields.add("gofer.race.runtime.Shop", "shared", true, true);
    static final int COUNT = Fields.add("gofer.race.runtime.Shop", "count", false, false);
    static final int OPEN = Fields.add("gofer.race.runtime.Shop", "open", false, false);
    static final int OPENED = Fields.add("gofer.race.runtime.Shop", "opened", true, false);
    static final int NAME = Fields.add("gofer.race.runtime.Shop", "name", false, false);

    int total;
    long gofer$w$total;
    long gofer$r$total;
    int gofer$ws$total;
    int gofer$rs$total;

    static int shared;
    static long gofer$w$shared;
    static long gofer$r$shared;
    static int gofer$ws$shared;
    static int gofer$rs$shared;

    int count; // without epochs
    volatile int open;
    static volatile int opened;
    final String name = "shop";

    /// Removes the epochs of static fields.
    static void forget() {
        gofer$w$shared = 0;
        gofer$r$shared = 0;
    }

    static int gofer$get$total(Shop shop, int site) {
        long epoch = Hooks.epoch(null);
        if (shop.gofer$w$total != epoch && shop.gofer$r$total != epoch) {
            Hooks.readField(shop, TOTAL, site);
        }
        return shop.total;
    }

    static void gofer$put$total(Shop shop, int value, int site) {
        if (shop.gofer$w$total != Hooks.epoch(null)) {
            Hooks.writeField(shop, TOTAL, site);
        }
        shop.total = value;
    }

    static int gofer$get$shared(int site) {
        long epoch = Hooks.epoch(null);
        if (gofer$w$shared != epoch && gofer$r$shared != epoch) {
            Hooks.readField(Shop.class, SHARED, site);
        }
        return shared;
    }

    static void gofer$put$shared(int value, int site) {
        if (gofer$w$shared != Hooks.epoch(null)) {
            Hooks.writeField(Shop.class, SHARED, site);
        }
        shared = value;
    }

    @Override
    public Shop clone() {
        try {
            var copy = (Shop) super.clone();
            Hooks.cloned(copy);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
