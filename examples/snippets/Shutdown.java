// The end of a program by a signal: it finishes its work, and then ends with the status that a shell expects.

import module gofer;

void main() throws IOException {
    // @start region="shutdown"
    var ctx = Signals.notifyContext(Context.background(), Signal.SIGINT, Signal.SIGTERM);
    work(ctx); // returns when ctx is done and everything in progress is finished
    if (ctx.cause() instanceof SignalException by) System.exit(by.signal().status());
    // @end
}

void work(Context ctx) throws IOException {
    kill();
    ctx.done().recvOk();
    IO.println(ctx.cause().getMessage());
}

/// Sends this process a SIGTERM, as `kill PID` does in a shell.
void kill() throws IOException {
    new ProcessBuilder("sh", "-c", "kill -TERM " + ProcessHandle.current().pid()).start();
}
