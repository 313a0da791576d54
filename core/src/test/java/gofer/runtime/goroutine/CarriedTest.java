package gofer.runtime.goroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.goroutine.Goexit;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The contract between a snapshot and the body that it runs.
class CarriedTest {

    /// A snapshot that does not keep its contract. Its name is in the error.
    private record Named(Carrier.Snapshot inner) implements Carrier.Snapshot {

        @Override
        public void run(Body body) throws Throwable {
            inner.run(body);
        }

        @Override
        public String toString() {
            return "snapshot of a test";
        }
    }

    @Test
    void exceptionOfTheBodyLeavesTheGoroutineUnchanged() {
        var thrown = new Exception("body");
        assertThat(
                        failure(
                                Body::run,
                                () -> {
                                    throw thrown;
                                }))
                .isSameAs(thrown)
                .hasNoSuppressedExceptions();
    }

    @Test
    void exceptionThatTheSnapshotKeepsIsThrownNevertheless() {
        var thrown = new Exception("body");
        assertThat(
                        failure(
                                body -> {
                                    try {
                                        body.run();
                                    } catch (Exception _) {
                                        // lost, if nothing else kept it
                                    }
                                },
                                () -> {
                                    throw thrown;
                                }))
                .isSameAs(thrown);
    }

    @Test
    void laterExceptionOfTheSnapshotIsSuppressed() {
        var thrown = new Exception("body");
        var cleanup = new IllegalStateException("cleanup");
        assertThat(
                        failure(
                                body -> {
                                    try {
                                        body.run();
                                    } finally {
                                        fail(cleanup);
                                    }
                                },
                                () -> {
                                    throw thrown;
                                }))
                .isSameAs(thrown)
                .hasSuppressedException(cleanup);
    }

    private static void fail(RuntimeException thrown) {
        throw thrown;
    }

    @Test
    void goexitEndsTheGoroutineAndTheContext() {
        var removed = new AtomicBoolean();
        Carrier.Snapshot snapshot =
                body -> {
                    try {
                        body.run();
                    } finally {
                        removed.set(true);
                    }
                };
        try (var _ = Go.carry(() -> snapshot)) {
            Eventually.ended(
                    Go.go(() -> {
                        throw Go.goexit();
                    }));
        }
        assertThat(removed).isTrue();
    }

    @Test
    void goexitThatTheSnapshotKeepsEndsTheGoroutine() {
        assertThatThrownBy(() ->
                        carried(
                                        body -> {
                                            try {
                                                body.run();
                                            } catch (Goexit _) {
                                                // wrong, but it must not matter
                                            }
                                        },
                                        () -> {
                                            throw new Exit();
                                        })
                                .run())
                .isInstanceOf(Goexit.class);
    }

    @Test
    void snapshotThatDoesNotRunTheBodyIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> runUnchecked(carried(new Named(_ -> {}), () -> {})))
                .withMessage("snapshot of a test did not run the body of the goroutine");
    }

    @Test
    void snapshotThatRunsTheBodyTwiceIsNamed() {
        var runs = new AtomicInteger();
        Carrier.Snapshot twice =
                body -> {
                    body.run();
                    body.run();
                };
        assertThatIllegalStateException()
                .isThrownBy(() -> runUnchecked(carried(new Named(twice), runs::incrementAndGet)))
                .withMessage("snapshot of a test ran the body of the goroutine twice");
        assertThat(runs).hasValue(1);
    }

    @Test
    void snapshotThatRunsTheBodyInAnotherThreadIsNamed() {
        var thrown = new ArrayList<Throwable>();
        Carrier.Snapshot elsewhere =
                body -> {
                    Thread other =
                            Thread.ofPlatform()
                                    .unstarted(() -> {
                                        try {
                                            body.run();
                                        } catch (Throwable wrong) {
                                            thrown.add(wrong);
                                        }
                                    });
                    other.start();
                    other.join();
                };
        assertThatIllegalStateException()
                .isThrownBy(() -> runUnchecked(carried(new Named(elsewhere), () -> {})))
                .withMessage("snapshot of a test did not run the body of the goroutine");
        assertThat(thrown)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("snapshot of a test ran the body of the goroutine in another thread");
    }

    private static Body carried(Carrier.Snapshot snapshot, Body body) {
        return new Carried(snapshot, body);
    }

    private static Throwable failure(Carrier.Snapshot snapshot, Body body) {
        try {
            carried(snapshot, body).run();
        } catch (Throwable thrown) {
            return thrown;
        }
        throw new AssertionError("nothing was thrown");
    }

    private static void runUnchecked(Body body) {
        try {
            body.run();
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }
}
