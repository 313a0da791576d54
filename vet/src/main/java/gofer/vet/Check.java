package gofer.vet;

/// One rule. [Vet#checks] lists all.
public abstract sealed class Check
        permits AbandonedSender,
                AddInGoroutine,
                AssertInGoroutine,
                AwaitNotInLoop,
                BlocksUnderLock,
                ClosedTwice,
                CtxDropped,
                DoneNotInFinally,
                LockGuardsNothing,
                LockLeak,
                LockTwice,
                LostCancel,
                NeverClosed,
                SharedCapture,
                SpinningDefault,
                UnbufferedSignal,
                UnusedResult,
                UseAfterSend {
    private final Severity severity;
    private final boolean enabled;
    private final String description;

    /// A check that runs unless others are chosen.
    Check(Severity severity, String description) {
        this(severity, true, description);
    }

    Check(Severity severity, boolean enabled, String description) {
        this.severity = severity;
        this.enabled = enabled;
        this.description = description;
    }

    /// Returns the name, as `@SuppressWarnings` and the options use it.
    public final String name() {
        return getClass().getSimpleName();
    }

    /// Returns the severity of most of its findings. A check may report a case as an error only if it is certain.
    public final Severity severity() {
        return severity;
    }

    /// Returns whether the check runs without an option.
    public final boolean isEnabled() {
        return enabled;
    }

    /// Returns what the check reports, in a few words.
    public final String description() {
        return description;
    }

    /// Reports the findings in one top-level class.
    abstract void run(Source source, Reporter reporter);

    @Override
    public final String toString() {
        return name();
    }
}
