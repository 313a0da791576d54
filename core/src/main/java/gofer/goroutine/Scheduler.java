package gofer.goroutine;

/// The scheduler that decides where and when goroutines run. `toString` describes it, and how to use the other one.
public enum Scheduler {
    /// Gofer's scheduler: a woken goroutine runs next on the processor that woke it, and no goroutine can keep the
    /// others from running.
    GOFER("Gofer's scheduler (for the JDK's, leave out --add-opens and -javaagent)"),
    /// The JDK's scheduler for virtual threads.
    JDK(
            "the JDK's scheduler (for Gofer's, start java with --add-opens=java.base/java.lang=gofer, or =ALL-UNNAMED"
                    + " on the class path, or with -javaagent:gofer.jar)");

    private final String text;

    Scheduler(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
