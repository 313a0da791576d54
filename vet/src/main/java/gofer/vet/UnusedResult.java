package gofer.vet;

/// A call that does nothing but return a value, which is thrown away.
///
/// **Go:** vet's `unusedresult`.
final class UnusedResult extends Check {
    UnusedResult() {
        super(Severity.ERROR, "the result of a call that only returns a value is thrown away");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call call : source.calls()) {
            String advice = advice(call);
            if (advice.isEmpty() || !source.isDiscarded(call.path())) continue;
            Severity severity = call.name().startsWith("try") ? Severity.WARNING : Severity.ERROR;
            reporter.report(severity, call.path(), "the result of `" + call.name() + "` is thrown away", advice);
        }
    }

    /// Returns what to do with the result, or an empty string if a program may ignore it.
    private static String advice(Call call) {
        return switch (call.api()) {
            case CHAN ->
                    switch (call.name()) {
                        case "sending" -> "`sending` is an arm for `select`, and sends nothing by itself. Use `send`.";
                        case "when" -> "`when` returns an arm for `select`.";
                        default -> "";
                    };
            case GO ->
                    switch (call.name()) {
                        case "after", "tick" ->
                                "It returns a channel. To wait, use `sleep`, or receive from the channel.";
                        default -> "";
                    };
            case CONTEXT ->
                    switch (call.name()) {
                        case "withCancel", "withTimeout", "withDeadline", "withValue", "withoutCancel" ->
                                "The context itself does not change. Use the context that is returned.";
                        case "done" -> "It returns a channel. To wait, receive from the channel.";
                        case "background", "todo" -> "It returns a context and has no effect.";
                        default -> "";
                    };
            case ONCE ->
                    call.is(Api.ONCE, "func", "value")
                            ? "It returns a function. Call the function to run the action."
                            : "";
            case LOCK ->
                    switch (call.name()) {
                        case "tryLock", "tryRLock" -> "If it returns false, the lock is not held. Check the result.";
                        case "rLocker" -> "It returns a view of the lock, and locks nothing by itself.";
                        default -> "";
                    };
            case WEIGHTED ->
                    call.is(Api.WEIGHTED, "tryAcquire")
                            ? "If it returns false, nothing is acquired. Check the result."
                            : "";
            default -> "";
        };
    }
}
