package gofer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.fixture.Crew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each stage has the result of a sequential program, for each capacity, number of goroutines and length of the input.
class PipelineLawsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    static Stream<Arguments> shapes() {
        return IntStream.rangeClosed(0, 3)
                .boxed()
                .flatMap(capacity ->
                        IntStream.rangeClosed(1, 4)
                                .boxed()
                                .flatMap(n ->
                                        Stream.of(0, 1, 2, 3, 7, 40).map(length -> Arguments.of(capacity, n, length))));
    }

    private static Pipeline pipeline(int capacity) {
        return Pipeline.withContext(Context.background(), capacity);
    }

    static RecvChan<Integer> numbers(Pipeline p, int length) {
        return p.produce((ctx, out) -> {
            for (int i = 0; i < length; i++) out.send(ctx, i);
        });
    }

    private static List<Integer> upTo(int length) {
        return IntStream.range(0, length).boxed().toList();
    }

    static <T> List<T> all(RecvChan<T> chan) {
        List<T> values = new ArrayList<>();
        chan.forEach(values::add);
        return values;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void producedValuesKeepTheirOrder(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            RecvChan<Integer> chan = numbers(p, length * n);
            assertThat(chan.cap()).isEqualTo(capacity);
            assertThat(all(chan)).isEqualTo(upTo(length * n));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void mapHasAllResults(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            List<Integer> squares = all(p.map(numbers(p, length), n, (_, i) -> i * i));
            List<Integer> expected = upTo(length).stream().map(i -> i * i).toList();
            if (n == 1) assertThat(squares).isEqualTo(expected);
            assertThat(squares).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void orderedMapHasAllResultsInOrder(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            RecvChan<Integer> once = p.orderedMap(numbers(p, length), n, (_, i) -> i * i);
            List<Integer> twice = all(p.orderedMap(once, 5 - n, (_, i) -> i + 1));
            assertThat(twice).isEqualTo(upTo(length).stream().map(i -> i * i + 1).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void filterKeepsWhatItsFunctionAccepts(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            List<Integer> odd = all(p.filter(numbers(p, length), n, (_, i) -> i % 2 == 1));
            List<Integer> expected = upTo(length).stream().filter(i -> i % 2 == 1).toList();
            if (n == 1) assertThat(odd).isEqualTo(expected);
            assertThat(odd).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /// Here, `n` is the size of the batches.
    @ParameterizedTest
    @MethodSource("shapes")
    void batchesHaveAllValuesInOrder(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            for (var chan : List.of(p.batch(numbers(p, length), n), p.batch(numbers(p, length), n, HOUR))) {
                List<List<Integer>> batches = all(chan);
                assertThat(batches.stream().flatMap(List::stream)).isEqualTo(upTo(length));
                assertThat(batches).hasSize((length + n - 1) / n);
                for (var batch : batches.subList(0, length / n)) assertThat(batch).hasSize(n);
            }
        }
    }

    /// Merges `n` channels with different values.
    @ParameterizedTest
    @MethodSource("shapes")
    void mergeHasAllValuesEachInputInOrder(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            List<RecvChan<Integer>> parts = new ArrayList<>();
            for (int part = 0; part < n; part++) {
                int base = 1000 * part;
                parts.add(p.map(numbers(p, length), 1, (_, i) -> base + i));
            }
            List<Integer> merged = all(p.merge(parts));
            assertThat(merged).hasSize(n * length);
            for (int part = 0; part < n; part++) {
                int base = 1000 * part;
                assertThat(merged.stream().filter(i -> i / 1000 == base / 1000).map(i -> i - base).toList())
                        .isEqualTo(upTo(length));
            }
        }
    }

    /// Splits into `n` channels, each with a reader.
    @ParameterizedTest
    @MethodSource("shapes")
    void splitSendsEachValueToItsChannelInOrder(int capacity, int n, int length) {
        List<List<Integer>> parts =
                Stream.generate(() -> Collections.synchronizedList(new ArrayList<Integer>())).limit(n).toList();
        try (var p = pipeline(capacity);
                var crew = new Crew()) {
            List<RecvChan<Integer>> chans = p.split(numbers(p, length), n, i -> i % n);
            for (int part = 0; part < n; part++) {
                RecvChan<Integer> chan = chans.get(part);
                List<Integer> values = parts.get(part);
                crew.go(() -> chan.forEach(values::add));
            }
            crew.join();
        }
        for (int part = 0; part < n; part++) {
            int rest = part;
            assertThat(parts.get(part)).isEqualTo(upTo(length).stream().filter(i -> i % n == rest).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void splitAndMergeLoseNothing(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            assertThat(all(p.merge(p.split(numbers(p, length), n, i -> i % n))))
                    .containsExactlyInAnyOrderElementsOf(upTo(length));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void throttlePassesAllValuesInOrder(int capacity, int n, int length) {
        try (var p = pipeline(capacity)) {
            assertThat(all(p.throttle(numbers(p, length), n, Duration.ofNanos(1)))).isEqualTo(upTo(length));
        }
    }

    /// Not more than `n` calls of a function run at the same time, and few values are produced before they are read.
    @ParameterizedTest
    @MethodSource("shapes")
    void valuesInFlightAreBounded(int capacity, int n, int length) {
        for (boolean ordered : new boolean[] {false, true}) {
            Queue<Integer> produced = new ConcurrentLinkedQueue<>();
            try (var p = pipeline(capacity)) {
                RecvChan<Integer> in =
                        p.produce((ctx, out) -> {
                            for (int i = 0; i < length; i++) {
                                produced.add(i);
                                out.send(ctx, i);
                            }
                        });
                RecvChan<Integer> mapped = ordered ? p.orderedMap(in, n, (_, i) -> i) : p.map(in, n, (_, i) -> i);
                int read = 0;
                for (int _ : mapped) {
                    read++;
                    // read, in the channel of the map, in the map, in the channel of the producer, in the producer
                    assertThat(produced).hasSizeLessThanOrEqualTo(read + capacity + n + capacity + 1);
                }
                assertThat(read).isEqualTo(length);
            }
        }
    }
}
