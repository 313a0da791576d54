package gofer.conformance.interop;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.interop.Futures;
import gofer.interop.GoExecutor;
import gofer.interop.Publishers;
import hu.akarnokd.rxjava3.jdk9interop.FlowInterop;
import io.reactivex.rxjava3.core.Flowable;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Channels together with Reactor, RxJava and Mutiny.
class LibrariesTest {

    private static final int VALUES = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static RecvChan<Integer> upTo(int n) {
        Chan<Integer> chan = Chan.make(4);
        go(() -> {
            for (int i = 0; i < n; i++) chan.send(i);
            chan.close();
        });
        return chan;
    }

    private static List<Integer> list(RecvChan<Integer> chan) {
        List<Integer> values = new ArrayList<>();
        chan.forEach(values::add);
        return values;
    }

    private static List<Integer> expected() {
        return IntStream.range(0, VALUES).boxed().toList();
    }

    @Test
    void reactorReadsAChannel() {
        Flux<Integer> flux = JdkFlowAdapter.flowPublisherToFlux(Publishers.of(upTo(VALUES)));
        assertThat(flux.publishOn(Schedulers.parallel()).collectList().block()).isEqualTo(expected());
    }

    @Test
    void reactorTakesAFewValuesAndLeavesTheRest() {
        Chan<Integer> chan = Chan.make(10);
        for (int i = 0; i < 10; i++) chan.send(i);
        Flux<Integer> flux = JdkFlowAdapter.flowPublisherToFlux(Publishers.of(chan));
        assertThat(flux.take(3).collectList().block()).containsExactly(0, 1, 2);
        assertThat(flux.take(2).collectList().block()).containsExactly(3, 4);
        assertThat(chan.len()).isEqualTo(5);
    }

    @Test
    void reactorGetsTheCauseOfTheClose() {
        Chan<Integer> chan = Chan.make();
        chan.close(new IOException("disk"));
        Mono<Integer> last = JdkFlowAdapter.flowPublisherToFlux(Publishers.of(chan)).last();
        assertThatThrownBy(last::block).hasRootCauseInstanceOf(IOException.class).hasRootCauseMessage("disk");
    }

    @Test
    void mutinyReadsAChannel() {
        Multi<Integer> multi = Multi.createFrom().publisher(Publishers.of(upTo(VALUES)));
        assertThat(multi.collect().asList().await().atMost(LIMIT)).isEqualTo(expected());
    }

    @Test
    void channelReadsMutiny() {
        try (var ctx = Context.background().withCancel()) {
            Multi<Integer> multi = Multi.createFrom().range(0, VALUES).emitOn(ForkJoinPool.commonPool());
            assertThat(list(Publishers.chan(ctx, multi, 16))).isEqualTo(expected());
        }
    }

    @Test
    void channelReadsReactor() {
        Flux<Integer> flux = Flux.range(0, VALUES).publishOn(Schedulers.parallel());
        RecvChan<Integer> chan =
                Publishers.chan(Context.background(), JdkFlowAdapter.publisherToFlowPublisher(flux), 16);
        assertThat(list(chan)).isEqualTo(expected());
    }

    @Test
    void endOfTheContextCancelsReactor() {
        Chan<Boolean> cancelled = Chan.make(1);
        Flux<Long> flux =
                Flux.interval(Duration.ofMillis(1)).doOnCancel(() -> cancelled.send(true)).onBackpressureDrop();
        try (var ctx = Context.background().withCancel()) {
            RecvChan<Long> ticks = Publishers.chan(ctx, JdkFlowAdapter.publisherToFlowPublisher(flux), 4);
            assertThat(ticks.recv()).isZero();
        }
        assertThat(cancelled.recv()).isTrue();
    }

    @Test
    void failureOfReactorIsTheCauseOfTheClose() {
        Flux<Integer> flux = Flux.concat(Flux.just(1), Flux.error(new IOException("disk")));
        RecvChan<Integer> chan =
                Publishers.chan(Context.background(), JdkFlowAdapter.publisherToFlowPublisher(flux), 4);
        assertThat(chan.recv()).isEqualTo(1);
        assertThatThrownBy(chan::recv)
                .isInstanceOf(ChanClosedException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    @Test
    void reactorRunsOnTheExecutor() {
        try (var executor = new GoExecutor(3)) {
            var scheduler = Schedulers.fromExecutorService(executor);
            Flux<Boolean> virtual =
                    Flux.range(0, 100)
                            .flatMap(_ ->
                                    Mono.fromCallable(() -> Thread.currentThread().isVirtual()).subscribeOn(scheduler));
            assertThat(virtual.collectList().block()).hasSize(100).containsOnly(true);
        }
    }

    @Test
    void monoIsAFuture() {
        RecvChan<Integer> chan = Futures.chan(Mono.just(1).toFuture());
        assertThat(chan.recv()).isEqualTo(1);
        assertThat(chan.recvOk()).isEqualTo(new Closed<>());
        assertThat(Mono.fromFuture(Futures.go(Context.background(), _ -> 2)).block()).isEqualTo(2);
    }

    @Test
    void rxJavaReadsAChannel() {
        Flowable<Integer> flowable = FlowInterop.fromFlowPublisher(Publishers.of(upTo(VALUES)));
        assertThat(flowable.observeOn(io.reactivex.rxjava3.schedulers.Schedulers.computation()).toList().blockingGet())
                .isEqualTo(expected());
    }

    @Test
    void channelReadsRxJava() {
        Flowable<Integer> flowable =
                Flowable.range(0, VALUES).observeOn(io.reactivex.rxjava3.schedulers.Schedulers.computation());
        RecvChan<Integer> chan =
                Publishers.chan(
                        Context.background(), Objects.requireNonNull(FlowInterop.toFlowPublisher(flowable)), 16);
        assertThat(list(chan)).isEqualTo(expected());
    }
}
