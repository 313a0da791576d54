package gofer.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The standard streams of a program that runs many times: its output is kept, its errors are dropped, and its input is empty.
final class Capture {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /// Replaces the streams.
    static Capture begin() {
        var capture = new Capture();
        System.setIn(InputStream.nullInputStream());
        System.setOut(new PrintStream(capture.written, false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        return capture;
    }

    /// Discards what has been written.
    void reset() {
        written.reset();
    }

    /// Returns what has been written since the last [#reset].
    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
