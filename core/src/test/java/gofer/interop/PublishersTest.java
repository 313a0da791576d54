package gofer.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What the compatibility kit of Reactive Streams, which runs in the module `conformance`, does not test.
class PublishersTest {

    private static Chan<Integer> full(int n) {
        Chan<Integer> chan = Chan.make(n);
        for (int i = 0; i < n; i++) chan.send(i);
        return chan;
    }

    /// A subscriber that writes down what it gets.
    private static final class Recorder implements Flow.Subscriber<Integer> {

        final Chan<Object> signals = Chan.make(100);
        final Chan<Flow.Subscription> subscriptions = Chan.make(1);

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.send(subscription);
        }

        @Override
        public void onNext(Integer value) {
            signals.send(value);
        }

        @Override
        public void onError(Throwable thrown) {
            signals.send(thrown);
        }

        @Override
        public void onComplete() {
            signals.send("complete");
        }
    }

    private static Flow.Subscription subscribe(RecvChan<Integer> chan, Recorder subscriber) {
        Publishers.of(chan).subscribe(subscriber);
        return subscriber.subscriptions.recv();
    }

    @Test
    void subscriberGetsOnlyWhatItRequests() {
        Chan<Integer> chan = full(5);
        var recorder = new Recorder();
        Flow.Subscription subscription = subscribe(chan, recorder);
        subscription.request(2);
        assertThat(List.of(recorder.signals.recv(), recorder.signals.recv())).containsExactly(0, 1);
        assertThat(chan.len()).isEqualTo(3);
        chan.close();
        subscription.request(Long.MAX_VALUE);
        subscription.request(Long.MAX_VALUE);
        for (Object signal : List.of(2, 3, 4, "complete")) assertThat(recorder.signals.recv()).isEqualTo(signal);
    }

    @Test
    void subscribersShareTheValues() {
        Chan<Integer> chan = full(4);
        var one = new Recorder();
        var two = new Recorder();
        Flow.Publisher<Integer> publisher = Publishers.of(chan);
        publisher.subscribe(one);
        publisher.subscribe(two);
        one.subscriptions.recv().request(1);
        assertThat(one.signals.recv()).isEqualTo(0);
        Flow.Subscription second = two.subscriptions.recv();
        second.request(2);
        assertThat(List.of(two.signals.recv(), two.signals.recv())).containsExactly(1, 2);
        second.cancel();
        assertThat(chan.recv()).isEqualTo(3);
    }

    @Test
    void causeOfTheCloseIsTheError() {
        var failure = new IOException("disk");
        Chan<Integer> chan = full(1);
        chan.close(failure);
        var recorder = new Recorder();
        subscribe(chan, recorder).request(5);
        assertThat(recorder.signals.recv()).isEqualTo(0);
        assertThat(recorder.signals.recv()).isSameAs(failure);
    }

    @Test
    void requestOfNothingIsAnErrorUnlessItIsCancelled() {
        var recorder = new Recorder();
        Flow.Subscription subscription = subscribe(full(1), recorder);
        subscription.request(0);
        assertThat((Throwable) recorder.signals.recv())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request of 0 values: rule 3.9 requires at least 1");
        var cancelled = new Recorder();
        Flow.Subscription over = subscribe(full(1), cancelled);
        over.cancel();
        over.request(-1);
        over.request(1);
        assertThat(cancelled.signals.len()).isZero();
    }

    @Test
    void exceptionOfTheSubscriberIsReportedAndCancels() {
        Chan<Throwable> reported = Chan.make(1);
        Chan<Integer> chan = full(3);
        var failure = new IllegalStateException("broken");
        var failing =
                new Flow.Subscriber<Integer>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(10);
                    }

                    @Override
                    public void onNext(Integer value) {
                        Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.send(thrown));
                        throw failure;
                    }

                    @Override
                    public void onError(Throwable thrown) {}

                    @Override
                    public void onComplete() {}
                };
        Publishers.of(chan).subscribe(failing);
        assertThat(reported.recv()).isSameAs(failure);
        assertThat(chan.len()).isEqualTo(2);
    }

    /// A publisher whose subscription counts what is requested, and that the test drives.
    private static final class Manual implements Flow.Publisher<Integer>, Flow.Subscription {

        final AtomicLong requested = new AtomicLong();
        final Chan<Boolean> cancelled = Chan.make(10);
        final Chan<Flow.Subscriber<? super Integer>> subscriber = Chan.make(1);

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> added) {
            subscriber.send(added);
            added.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            requested.addAndGet(n);
        }

        @Override
        public void cancel() {
            cancelled.send(true);
        }
    }

    @Test
    void valuesAreRequestedAsTheyAreTaken() {
        var manual = new Manual();
        RecvChan<Integer> chan = Publishers.chan(Context.background(), manual, 4);
        var subscriber = manual.subscriber.recv();
        assertThat(manual.requested.get()).isEqualTo(4);
        for (int i = 0; i < 4; i++) subscriber.onNext(i);
        assertThat(chan.recv()).isEqualTo(0);
        assertThat(chan.recv()).isEqualTo(1);
        Eventually.that("two more are requested", () -> manual.requested.get() == 6);
        for (int i = 4; i < 6; i++) subscriber.onNext(i);
        subscriber.onComplete();
        List<Integer> rest = new ArrayList<>();
        chan.forEach(rest::add);
        assertThat(rest).containsExactly(2, 3, 4, 5);
        assertThat(manual.cancelled.len()).isZero();
    }

    @Test
    void errorIsTheCauseOfTheCloseAfterTheValues() {
        var failure = new IOException("disk");
        var manual = new Manual();
        RecvChan<Integer> chan = Publishers.chan(Context.background(), manual, 2);
        var subscriber = manual.subscriber.recv();
        subscriber.onNext(1);
        subscriber.onError(failure);
        assertThat(chan.recv()).isEqualTo(1);
        assertThatThrownBy(chan::recv).isInstanceOf(ChanClosedException.class).cause().isSameAs(failure);
    }

    @Test
    void endOfTheContextCancelsTheSubscriptionAndClosesTheChannel() {
        var manual = new Manual();
        var ctx = Context.background().withCancel();
        RecvChan<Integer> chan = Publishers.chan(ctx, manual, 2);
        manual.subscriber.recv().onNext(1);
        ctx.cancel();
        assertThat(manual.cancelled.recv()).isTrue();
        assertThat(chan.recvOk()).isEqualTo(new Closed<>());
        assertThat(chan.cause().orElseThrow()).isInstanceOf(CanceledException.class);
    }

    /// The subscription comes after the end of the reader.
    @Test
    void lateSubscriptionIsCancelled() {
        var manual = new Manual();
        var ctx = Context.background().withCancel();
        Chan<Flow.Subscriber<? super Integer>> subscribers = Chan.make(1);
        RecvChan<Integer> chan = Publishers.chan(ctx, subscribers::send, 2);
        ctx.cancel();
        assertThat(chan.recvOk()).isEqualTo(new Closed<>());
        subscribers.recv().onSubscribe(manual);
        assertThat(manual.cancelled.recv()).isTrue();
        assertThat(manual.requested.get()).isZero();
    }

    @Test
    void moreValuesThanRequestedAreAnError() {
        var manual = new Manual();
        RecvChan<Integer> chan = Publishers.chan(Context.background(), manual, 1);
        var subscriber = manual.subscriber.recv();
        for (int i = 0; i < 3; i++) subscriber.onNext(i); // one may be on its way to the reader
        assertThat(manual.cancelled.recv()).isTrue();
        assertThatThrownBy(() -> chan.forEach(_ -> {}))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the publisher sent more values than were requested");
    }

    @Test
    void prefetchMustBePositive() {
        assertThatThrownBy(() -> use(Publishers.chan(Context.background(), new Manual(), 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefetch 0 is less than 1");
    }

    @Test
    void fastPublisherWaitsForTheReader() {
        int values = 10_000;
        RecvChan<Integer> chan;
        try (var crew = new Crew()) {
            var publisher = new SubmissionPublisher<Integer>(Runnable::run, 8);
            chan = Publishers.chan(Context.background(), publisher, 3);
            crew.thread(() -> {
                try (publisher) {
                    for (int i = 0; i < values; i++) publisher.submit(i);
                }
            });
            int next = 0;
            for (int value : chan) assertThat(value).isEqualTo(next++);
            assertThat(next).isEqualTo(values);
        }
    }

    private static void use(Object made) {
        assertThat(made).isNotNull();
    }
}
