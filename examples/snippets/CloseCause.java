// A channel that is closed because of a failure tells its receivers the cause.

import module gofer;

import static gofer.Go.*;

void main() {
    // @start region="cause"
    Chan<String> lines = Chan.make();
    go(() -> {
        try {
            lines.send("first line");
            throw new IOException("connection reset"); // while reading the second line
        } catch (IOException failure) {
            lines.close(failure);
        }
    });
    try {
        for (String line : lines) { // would end silently after close() without a cause
            IO.println(line);
        }
    } catch (ChanClosedException e) {
        IO.println("failed: " + e.getCause().getMessage());
    }
    // @end
}
