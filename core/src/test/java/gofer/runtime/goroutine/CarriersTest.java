package gofer.runtime.goroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.context.Context;
import gofer.diagnostics.Leaks;
import gofer.fixture.Eventually;
import gofer.fixture.Rounds;
import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.goroutine.Goroutine;
import gofer.group.ErrGroup;
import gofer.group.ResultGroup;
import gofer.group.SingleFlight;
import gofer.interop.GoExecutor;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CarriersTest {

    private static final ThreadLocal<String> NAME = new ThreadLocal<>();

    private static final ThreadLocal<Integer> NUMBER = new ThreadLocal<>();

    private static final ThreadLocal<Chan<String>> CHANNEL = new ThreadLocal<>();

    @Test
    void firstCarrierIsTheOutermost() throws Exception {
        Chan<String> events = Chan.make(10);
        try (var _ = Go.carry(() -> around("a", events));
                var _ = Go.carry(() -> null);
                var _ = Go.carry(() -> around("b", events))) {
            new WaitGroup().go(() -> events.send("body"));
            assertThat(List.of(events.recv(), events.recv(), events.recv(), events.recv(), events.recv()))
                    .containsExactly("a", "b", "body", "b end", "a end");
        }
    }

    private static Carrier.Snapshot around(String name, Chan<String> events) {
        return body -> {
            events.send(name);
            body.run();
            events.send(name + " end");
        };
    }

    @Test
    void sameCarrierCanBeRegisteredTwiceAndEachRegistrationEndsOnce() {
        var captures = new AtomicInteger();
        Carrier carrier =
                () -> {
                    captures.incrementAndGet();
                    return null;
                };
        Carrier.Registration first = Go.carry(carrier);
        Carrier.Registration second = Go.carry(carrier);
        start(() -> {});
        assertThat(captures).hasValue(2);
        first.close();
        first.close();
        start(() -> {});
        assertThat(captures).hasValue(3);
        second.close();
        start(() -> {});
        assertThat(captures).hasValue(3);
    }

    @Test
    void registrationsCanEndInAnyOrder() {
        Chan<String> events = Chan.make(10);
        Carrier.Registration a = Go.carry(() -> around("a", events));
        Carrier.Registration b = Go.carry(() -> around("b", events));
        Carrier.Registration c = Go.carry(() -> around("c", events));
        b.close();
        start(() -> events.send("body"));
        a.close();
        c.close();
        start(() -> events.send("alone"));
        events.close();
        assertThat(events).containsExactly("a", "c", "body", "c end", "a end", "alone");
    }

    @Test
    void alarmThatIsResetRunsInTheContextOfItsCreation() {
        Chan<String> seen = Chan.make();
        try (var _ = Go.carry(Carrier.of(NAME))) {
            NAME.set("first");
            Alarm alarm = Go.afterFunc(Duration.ZERO, () -> seen.send(NAME.get()));
            NAME.set("second");
            assertThat(seen.recv()).isEqualTo("first");
            assertThat(alarm.reset(Duration.ZERO)).isFalse();
            assertThat(seen.recv()).isEqualTo("first");
        } finally {
            NAME.remove();
        }
    }

    @Test
    void dumpsNameThePlaceOfTheBody() {
        Chan<String> sites = Chan.make(1);
        Body sendSite = () -> sites.send(Objects.requireNonNull(G.current()).createdAt());
        try (var _ = Go.carry(() -> Body::run)) {
            ErrGroup group = new ErrGroup();
            int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
            group.go(() -> sendSite.run());
            assertThat(sites.recv()).endsWith("CarriersTest.java:" + line + ")");
            Go.go(() -> sendSite.run());
            assertThat(sites.recv()).endsWith("CarriersTest.java:" + (line + 2) + ")");
        }
    }

    /// The captured context refers to the channel, and only the goroutine refers to the context.
    @Test
    void capturedContextKeepsNoLeakAlive() {
        try (var _ = Go.carry(Carrier.of(CHANNEL))) {
            assertThatThrownBy(() ->
                            Leaks.assertNone(() -> {
                                CHANNEL.set(Chan.make());
                                Go.go("leaked", () -> CHANNEL.get().recv());
                            }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("leaked");
        }
    }

    @Test
    void goroutinesOfGoferCarryNothing() {
        var captures = new AtomicInteger();
        Carrier carrier =
                () -> {
                    captures.incrementAndGet();
                    return null;
                };
        try (var _ = Go.carry(carrier);
                var ctx = Context.background().withTimeout(Duration.ofMillis(1))) {
            var _ = ctx.done().recvOk();
            assertThat(captures).hasValue(0);
            var result =
                    new SingleFlight<String, Integer>()
                            .runChan(
                                    "key",
                                    () -> {
                                        throw new AssertionError("a goroutine reports this");
                                    })
                            .recv();
            assertThatThrownBy(result::get).isInstanceOf(AssertionError.class);
            assertThat(captures).hasValue(1); // for the work
        }
    }

    @Test
    void snapshotIsNotKeptAfterTheEndOfTheGoroutine() {
        List<WeakReference<Carrier.Snapshot>> captured = new ArrayList<>();
        Carrier carrier =
                () -> {
                    var context = new Object();
                    Carrier.Snapshot snapshot =
                            body -> {
                                assertThat(context).isNotNull();
                                body.run();
                            };
                    captured.add(new WeakReference<>(snapshot));
                    return snapshot;
                };
        var wg = new WaitGroup();
        var results = new ResultGroup<Integer>();
        var executor = new GoExecutor(1);
        List<Object> kept = new ArrayList<>(List.of(wg, results, executor));
        try (var _ = Go.carry(carrier);
                executor) {
            Goroutine handle = Go.go(() -> {});
            Eventually.ended(handle);
            wg.go(() -> {});
            wg.await();
            results.go(_ -> 1);
            var _ = results.awaitOutcomes();
            kept.addAll(List.of(handle, handle.thread(), executor.submit(() -> 1)));
            try (var ctx = Context.background().withCancel()) {
                kept.add(ctx);
                assertThat(ctx.afterFunc(() -> {}).stop()).isTrue();
                ctx.afterFunc(() -> {});
            }
        }
        assertThat(captured).hasSize(6);
        Eventually.that(
                "no snapshot is kept",
                () -> {
                    System.gc();
                    return captured.stream().allMatch(snapshot -> snapshot.refersTo(null));
                });
        assertThat(kept).hasSize(7);
    }

    /// Each goroutine gets the context of its start or none, however registrations change meanwhile, and none is lost.
    @Test
    void carriersComeAndGoWhileGoroutinesStart() {
        int starts = Rounds.of(100_000);
        var plain = new AtomicInteger();
        var carried = new AtomicInteger();
        var wrong = new AtomicInteger();
        var stop = new AtomicBoolean();
        var others = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            others.go(() -> {
                while (!stop.get()) {
                    try (var _ = Go.carry(Carrier.of(NUMBER))) {
                        Go.gosched();
                    }
                }
            });
        }
        var wg = new WaitGroup();
        for (int i = 0; i < starts; i++) {
            NUMBER.set(i);
            int expected = i;
            wg.go(() -> {
                Integer seen = NUMBER.get();
                AtomicInteger counter = seen == null ? plain : seen == expected ? carried : wrong;
                counter.incrementAndGet();
            });
            if (i % 100 == 0) {
                Go.gosched();
            }
        }
        NUMBER.remove();
        wg.await();
        stop.set(true);
        others.await();
        assertThat(wrong).hasValue(0);
        assertThat(plain.get() + carried.get()).isEqualTo(starts);
        start(() -> assertThat(NUMBER.get()).isNull());
    }

    private static void start(Body body) {
        Goroutine started = Go.go(body);
        Eventually.ended(started);
    }
}
