package gofer.conformance.deadlock;

import gofer.Go;
import gofer.chan.Chan;
import java.io.IOException;

/// All its goroutines are asleep until a signal starts the shutdown hook.
final class WaitsForShutdown {

    public static void main(String[] args) throws IOException {
        Chan<Integer> shutdown = Chan.make();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            shutdown.send(1);
                            Go.block();
                        }));
        String self = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("sh", "-c", "sleep 1; kill -TERM " + self).start();
        Go.main(() -> {
            shutdown.recv();
            System.out.println("woken by the hook");
            Runtime.getRuntime().halt(3);
        });
    }
}
