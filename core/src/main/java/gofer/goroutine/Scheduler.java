package gofer.goroutine;

/// Who decides where and when goroutines run. `toString` says it in a sentence, and how to get the other one.
public enum Scheduler {
    /// Gofer's own: a goroutine runs next where it was woken, and none can keep the others from running.
    GOFER("Gofer's scheduler (for the JDK's, leave out --add-opens and -javaagent)"),
    /// The one of the JDK for virtual threads.
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
