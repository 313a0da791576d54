package gofer.conformance.time;

import static gofer.Go.after;
import static gofer.Go.tick;

import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A timer without references from the program can be collected. `tick_test.go: TestTimerGC`.
class TimerGarbageTest {

    private static final Duration HOUR = Duration.ofHours(1);

    record Way(String name, Supplier<Object> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way("after", () -> after(HOUR)),
                new Way("tick", () -> tick(HOUR)),
                new Way("alarm", () -> Alarm.in(HOUR)),
                new Way("ticker", () -> Ticker.every(HOUR)),
                new Way("stopped alarm", () -> done(Alarm.in(HOUR), Alarm::stop)),
                new Way("reset alarm", () -> done(Alarm.in(HOUR), alarm -> alarm.reset(HOUR))),
                new Way("stopped function", () -> done(Alarm.func(HOUR, () -> {}), Alarm::stop)),
                new Way(
                        "stopped ticker",
                        () -> {
                            Ticker ticker = Ticker.every(HOUR);
                            ticker.stop();
                            return ticker;
                        }));
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Pins("TM-11")
    void unreferencedTimersAreCollected(Way way) {
        List<WeakReference<Object>> timers = Stream.generate(way.make()).limit(10_000).map(WeakReference::new).toList();
        Eventually.that(
                "all are collected",
                () -> {
                    System.gc();
                    return timers.stream().allMatch(timer -> timer.refersTo(null));
                });
    }

    private static Alarm done(Alarm alarm, Function<Alarm, Boolean> act) {
        var _ = act.apply(alarm);
        return alarm;
    }
}
