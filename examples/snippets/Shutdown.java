// The end of a program by a signal: it finishes its work, and then ends with the status that a shell expects.

import module gofer;

import static gofer.Go.*;

void main() throws IOException {
    afterFunc(Duration.ofMillis(50), this::kill);
    // @start region="shutdown"
    var ctx = Signals.notifyContext(Context.background(), Signal.SIGINT, Signal.SIGTERM);
    work(ctx); // returns when ctx is done and everything in progress is finished
    if (ctx.cause() instanceof SignalException by) System.exit(by.signal().status());
    // @end
}

void work(Context ctx) {
    ctx.done().recvOk();
    IO.println(ctx.cause().getMessage());
}

/// Sends this process a SIGTERM, as `kill PID` does in a shell.
void kill() throws IOException {
    new ProcessBuilder("kill", "-TERM", "" + ProcessHandle.current().pid()).start();
}
