package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The atomic classes.
final class AtomicTrials {

    private static final AtomicIntegerFieldUpdater<Fields> INT =
            AtomicIntegerFieldUpdater.newUpdater(Fields.class, "number");
    private static final AtomicLongFieldUpdater<Fields> LONG =
            AtomicLongFieldUpdater.newUpdater(Fields.class, "longNumber");
    private static final AtomicReferenceFieldUpdater<Fields, String> REFERENCE =
            AtomicReferenceFieldUpdater.newUpdater(Fields.class, String.class, "text");

    private AtomicTrials() {}

    private static final class Fields {
        volatile int number;
        volatile long longNumber;
        volatile @Nullable String text;
    }

    static void addTo(Trials trials) {
        trials.add(
                "AtomicInteger.set",
                () -> {
                    var number = new AtomicInteger();
                    return pair(() -> number.set(1), () -> until(() -> number.get() == 1));
                });
        trials.add(
                "AtomicInteger.incrementAndGet",
                () -> {
                    var number = new AtomicInteger();
                    return pair(number::incrementAndGet, () -> until(() -> number.compareAndSet(1, 2)));
                });
        trials.add(
                "AtomicInteger.setRelease",
                () -> {
                    var number = new AtomicInteger();
                    return pair(() -> number.setRelease(1), () -> until(() -> number.getAcquire() == 1));
                });
        trials.add(
                "AtomicLong",
                () -> {
                    var number = new AtomicLong();
                    return pair(() -> number.addAndGet(1), () -> until(() -> number.get() == 1));
                });
        trials.add(
                "AtomicBoolean",
                () -> {
                    var flag = new AtomicBoolean();
                    return pair(() -> flag.set(true), () -> until(flag::get));
                });
        trials.add(
                "AtomicReference",
                () -> {
                    var text = new AtomicReference<@Nullable String>();
                    return pair(() -> text.set("a"), () -> until(() -> text.get() != null));
                });
        trials.add(
                "AtomicReference.updateAndGet",
                () -> {
                    var text = new AtomicReference<>("");
                    return pair(
                            () -> text.updateAndGet(old -> old + "a"),
                            () -> until(() -> text.getAndSet("").equals("a")));
                });
        trials.add(
                "AtomicIntegerArray",
                () -> {
                    var numbers = new AtomicIntegerArray(2);
                    return pair(() -> numbers.set(1, 1), () -> until(() -> numbers.get(1) == 1));
                });
        trials.add(
                "AtomicLongArray",
                () -> {
                    var numbers = new AtomicLongArray(2);
                    return pair(() -> numbers.incrementAndGet(1), () -> until(() -> numbers.get(1) == 1));
                });
        trials.add(
                "AtomicReferenceArray",
                () -> {
                    var texts = new AtomicReferenceArray<@Nullable String>(2);
                    return pair(() -> texts.compareAndSet(1, null, "a"), () -> until(() -> texts.get(1) != null));
                });
        trials.add(
                "AtomicStampedReference",
                () -> {
                    var text = new AtomicStampedReference<>("", 0);
                    return pair(() -> text.set("a", 1), () -> until(() -> text.getStamp() == 1));
                });
        trials.add(
                "AtomicMarkableReference",
                () -> {
                    var text = new AtomicMarkableReference<>("", false);
                    return pair(() -> text.attemptMark("", true), () -> until(text::isMarked));
                });
        trials.add(
                "AtomicIntegerFieldUpdater",
                () -> {
                    var fields = new Fields();
                    return pair(() -> INT.set(fields, 1), () -> until(() -> INT.get(fields) == 1));
                });
        trials.add(
                "AtomicLongFieldUpdater",
                () -> {
                    var fields = new Fields();
                    return pair(
                            () -> LONG.incrementAndGet(fields), () -> until(() -> LONG.compareAndSet(fields, 1, 2)));
                });
        trials.add(
                "AtomicReferenceFieldUpdater",
                () -> {
                    var fields = new Fields();
                    return pair(() -> REFERENCE.set(fields, "a"), () -> until(() -> "a".equals(REFERENCE.get(fields))));
                });
        trials.add(
                "LongAdder",
                () -> {
                    var number = new LongAdder();
                    return pair(number::increment, () -> until(() -> number.sum() == 1));
                });
        trials.add(
                "DoubleAdder",
                () -> {
                    var number = new DoubleAdder();
                    return pair(() -> number.add(1), () -> until(() -> number.sum() == 1));
                });
        trials.add(
                "LongAccumulator",
                () -> {
                    var number = new LongAccumulator(Long::max, 0);
                    return pair(() -> number.accumulate(1), () -> until(() -> number.get() == 1));
                });
    }
}
