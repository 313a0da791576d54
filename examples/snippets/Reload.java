// A signal that arrives on a channel.

import module gofer;

import static gofer.Go.*;

void main() throws IOException {
    // @start region="channel"
    Chan<Signal> requests = Chan.make(1); // a full channel loses the signal
    Signals.notify(requests, Signal.SIGUSR1);
    go(() -> {
        for (var _ : requests) reload();
    });
    // @end
    kill();
    throw block();
}

void reload() {
    IO.println("reads its configuration again");
    System.exit(0);
}

/// Sends this process a SIGUSR1, as `kill -USR1 PID` does in a shell.
void kill() throws IOException {
    new ProcessBuilder("sh", "-c", "kill -USR1 " + ProcessHandle.current().pid()).start();
}
