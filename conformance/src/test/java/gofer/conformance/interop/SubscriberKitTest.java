package gofer.conformance.interop;

import static gofer.Go.go;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.interop.Publishers;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;

/// The compatibility kits for subscribers, on the subscriber that fills a channel.
class SubscriberKitTest {

    private static final CancelContext OVER = Context.background().withCancel();

    @TestFactory
    Stream<DynamicTest> blackbox() {
        return Kit.tests(Blackbox::new, Map.of());
    }

    @TestFactory
    Stream<DynamicTest> whitebox() {
        return Kit.tests(Whitebox::new, Map.of());
    }

    @AfterAll
    static void end() {
        OVER.cancel();
    }

    /// The subscriber of a channel, and the channel.
    private record Pair(Flow.Subscriber<Integer> subscriber, RecvChan<Integer> chan, CancelContext ctx) {

        static Pair make(int prefetch) {
            Chan<Flow.Subscriber<Integer>> subscribers = Chan.make(1);
            CancelContext ctx = OVER.withCancel();
            Flow.Publisher<Integer> publisher = subscriber -> subscribers.send(narrow(subscriber));
            RecvChan<Integer> chan = Publishers.chan(ctx, publisher, prefetch);
            return new Pair(subscribers.recv(), chan, ctx);
        }

        @SuppressWarnings("unchecked") // a subscriber only consumes values
        private static Flow.Subscriber<Integer> narrow(Flow.Subscriber<? super Integer> subscriber) {
            return (Flow.Subscriber<Integer>) subscriber;
        }

        /// Receives up to `n` values, in a goroutine.
        void receive(long n) {
            go(() -> {
                for (long i = 0; i < n; i++) {
                    try {
                        chan.recv();
                    } catch (IllegalStateException _) {
                        return; // the channel is closed
                    }
                }
            });
        }
    }

    public static final class Blackbox extends FlowSubscriberBlackboxVerification<Integer> {

        public Blackbox() {
            super(Kit.environment());
        }

        @Override
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            Pair pair = Pair.make(16);
            pair.receive(Long.MAX_VALUE);
            return pair.subscriber();
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }
    }

    public static final class Whitebox extends FlowSubscriberWhiteboxVerification<Integer> {

        public Whitebox() {
            super(Kit.environment());
        }

        @Override
        protected Flow.Subscriber<Integer> createFlowSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
            return new Probed(Pair.make(1), probe);
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }
    }

    /// Tells the kit what the subscriber gets, and lets the kit play the reader of the channel.
    private record Probed(Pair pair, WhiteboxSubscriberProbe<Integer> probe) implements Flow.Subscriber<Integer> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            pair.subscriber().onSubscribe(subscription);
            probe.registerOnSubscribe(
                    new SubscriberPuppet() {
                        @Override
                        public void triggerRequest(long elements) {
                            pair.receive(elements);
                        }

                        @Override
                        public void signalCancel() {
                            pair.ctx().cancel();
                        }
                    });
        }

        @Override
        public void onNext(Integer value) {
            pair.subscriber().onNext(value);
            probe.registerOnNext(value);
        }

        @Override
        public void onError(Throwable thrown) {
            pair.subscriber().onError(thrown);
            probe.registerOnError(thrown);
        }

        @Override
        public void onComplete() {
            pair.subscriber().onComplete();
            probe.registerOnComplete();
        }
    }
}
