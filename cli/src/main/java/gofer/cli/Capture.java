package gofer.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Stands in for the standard streams of a program that is run many times: keeps what it writes to its output, drops what it
/// writes to its standard error, and has nothing for it to read.
final class Capture {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /// From now on.
    static Capture begin() {
        var capture = new Capture();
        System.setIn(InputStream.nullInputStream());
        System.setOut(new PrintStream(capture.written, false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        return capture;
    }

    /// Forgets what has been written.
    void reset() {
        written.reset();
    }

    /// What has been written since.
    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
