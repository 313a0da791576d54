package gofer.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The standard streams of a program that runs many times: keeps its output, drops its errors, and supplies an empty input.
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

    /// Discards the output.
    void reset() {
        written.reset();
    }

    /// Returns the output since the last [#reset].
    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
