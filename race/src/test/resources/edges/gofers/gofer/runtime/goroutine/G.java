package gofer.runtime.goroutine;

public final class G {
    public final long creator;

    public G(long creator) {
        this.creator = creator;
    }

    public Origin origin() {
        return new Origin(creator, new StackTraceElement("Main", "main", "Main.java", 3));
    }

    @Override
    public String toString() {
        return "goroutine 7";
    }
}
