package gofer.context.propagation;

import gofer.goroutine.Carrier;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Objects;

/// Carries every thread-local that is registered with Micrometer's library context-propagation: of Micrometer itself,
/// of Spring, of the logging context and of other libraries.
///
/// `Go.carry(new ContextSnapshotCarrier())` at the beginning of the program is enough. Spring and Micrometer Tracing
/// register their thread-locals themselves. Others are registered with `ContextRegistry`.
public final class ContextSnapshotCarrier implements Carrier {

    private final ContextSnapshotFactory snapshots;

    /// Creates a carrier of all thread-locals in the global `ContextRegistry`.
    public ContextSnapshotCarrier() {
        this(ContextSnapshotFactory.builder().build());
    }

    /// Creates a carrier of the thread-locals that `snapshots` captures.
    public ContextSnapshotCarrier(ContextSnapshotFactory snapshots) {
        this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    }

    /// Captures the values of the thread-locals. In the goroutine they are set before the body and restored after it.
    @Override
    public Snapshot capture() {
        ContextSnapshot captured = snapshots.captureAll();
        return body -> {
            Objects.requireNonNull(body, "body");
            try (ContextSnapshot.Scope _ = captured.setThreadLocals()) {
                body.run();
            }
        };
    }
}
