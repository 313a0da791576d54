package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/// What no other class of trials has.
final class OtherTrials {

    private OtherTrials() {}

    /// A gate that opens once.
    @SuppressWarnings("serial")
    private static final class Gate extends AbstractQueuedSynchronizer {

        @Override
        protected int tryAcquireShared(int ignored) {
            return getState() == 1 ? 1 : -1;
        }

        @Override
        protected boolean tryReleaseShared(int ignored) {
            setState(1);
            return true;
        }
    }

    /// A gate that opens once.
    @SuppressWarnings("serial")
    private static final class LongGate extends AbstractQueuedLongSynchronizer {

        @Override
        protected long tryAcquireShared(long ignored) {
            return getState() == 1 ? 1 : -1;
        }

        @Override
        protected boolean tryReleaseShared(long ignored) {
            return compareAndSetState(0, 1);
        }
    }

    @SuppressWarnings("serial")
    private static final class Answer extends RecursiveTask<Integer> {

        @Override
        protected Integer compute() {
            return 42;
        }
    }

    static void addTo(Trials trials) {
        trials.add(
                "AbstractQueuedSynchronizer",
                () -> {
                    var gate = new Gate();
                    return pair(() -> gate.releaseShared(1), () -> gate.acquireSharedInterruptibly(1));
                });
        trials.add(
                "AbstractQueuedLongSynchronizer",
                () -> {
                    var gate = new LongGate();
                    return pair(() -> gate.releaseShared(1), () -> gate.acquireShared(1));
                });
        trials.add(
                "DoubleAccumulator",
                () -> {
                    var number = new DoubleAccumulator(Double::max, 0);
                    return pair(() -> number.accumulate(1), () -> until(() -> number.get() == 1));
                });
        trials.add(
                "RecursiveTask",
                () -> {
                    var task = new Answer();
                    return pair(() -> ForkJoinPool.commonPool().execute(task), task::join);
                });
        trials.add(
                "RecursiveTask.isDone",
                () -> {
                    var task = new Answer();
                    return pair(task::invoke, () -> until(task::isDone));
                });
    }
}
