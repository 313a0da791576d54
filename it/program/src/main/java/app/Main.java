package app;

import gofer.Go;
import gofer.chan.Chan;
import java.io.IOException;

/// The program without a framework.
public final class Main {
    private Main() {}

    /// Starts the goroutines, or waits forever.
    ///
    /// @param args `asleep` makes all goroutines wait forever
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("asleep")) {
            Go.main(() -> Chan.named("nothing", 0).recv());
        }
        Work.start("main");
        System.out.println("ready");
        System.in.read();
    }
}
