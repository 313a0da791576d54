package gofer.pipeline;

import static gofer.pipeline.PipelineLawsTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.ChanClosedException;
import gofer.chan.RecvChan;
import gofer.context.Context;
import java.io.IOException;
import java.util.List;
import java.util.Spliterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A channel of a pipeline as a stream of Java.
class PipelineStreamTest {

    private static Pipeline pipeline() {
        return Pipeline.withContext(Context.background());
    }

    @Test
    void streamHasAllValuesInOrder() {
        try (var p = pipeline()) {
            assertThat(p.stream(numbers(p, 5))).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void streamIsSequentialAndOrdered() {
        try (var p = pipeline()) {
            Stream<Integer> stream = p.stream(numbers(p, 5));
            assertThat(stream.isParallel()).isFalse();
            assertThat(stream.spliterator().hasCharacteristics(Spliterator.ORDERED | Spliterator.NONNULL)).isTrue();
        }
    }

    @Test
    void streamReceivesOnlyWhatItNeeds() {
        try (var p = pipeline()) {
            RecvChan<Integer> chan = numbers(p, 5);
            assertThat(p.stream(chan).filter(i -> i > 0).limit(2).toList()).isEqualTo(List.of(1, 2));
            assertThat(p.stream(chan).findFirst()).contains(3);
            assertThat(chan.recv()).isEqualTo(4);
        }
    }

    @Test
    void failureIsThrownByTheTerminalOperation() {
        var failure = new IOException("disk");
        try (var p = pipeline()) {
            RecvChan<Integer> failing =
                    p.map(
                            numbers(p, 5),
                            1,
                            (_, i) -> {
                                if (i == 2) throw failure;
                                return i;
                            });
            Stream<Integer> stream = p.stream(failing);
            assertThatThrownBy(() -> stream.forEach(i -> assertThat(i).isLessThan(2)))
                    .isInstanceOf(ChanClosedException.class)
                    .cause()
                    .isSameAs(failure);
        }
    }

    @Test
    void closeOfTheStreamClosesThePipeline() {
        var p = pipeline();
        boolean[] ended = {false};
        RecvChan<Integer> endless =
                p.produce((ctx, out) -> {
                    try {
                        for (int i = 0; true; i++) out.send(ctx, i);
                    } finally {
                        ended[0] = true;
                    }
                });
        try (Stream<Integer> stream = p.stream(p.map(endless, 2, (_, i) -> i))) {
            assertThat(stream.anyMatch(i -> i >= 3)).isTrue();
            assertThat(p.context().isDone()).isFalse();
        }
        assertThat(p.context().isDone()).isTrue();
        assertThat(ended[0]).isTrue();
    }

    @Test
    void closeOfTheStreamAfterAFailureOfItsReader() {
        var p = pipeline();
        var failure = new IllegalStateException("reader");
        assertThatThrownBy(
                        () -> {
                            try (Stream<Integer> stream = p.stream(numbers(p, 1000))) {
                                stream.forEach(_ -> {
                                    throw failure;
                                });
                            }
                        })
                .isSameAs(failure);
        assertThat(p.context().isDone()).isTrue();
    }
}
