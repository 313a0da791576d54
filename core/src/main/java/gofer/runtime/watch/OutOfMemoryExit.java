package gofer.runtime.watch;

import gofer.runtime.goroutine.Goroutines;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// The end of a process whose memory is exhausted: prints an error and exits with status 2, without allocating. All
/// objects that it needs are created when this class is loaded.
///
/// It runs no shutdown hooks, because the JVM would need memory for that.
public final class OutOfMemoryExit {

    private static final AtomicBoolean REPORTED = new AtomicBoolean();
    private static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);
    private static final byte[] HEAD = ascii("fatal error: out of memory (");
    private static final byte[] DIGITS = new byte[Integer.SIZE];
    private static final byte[] TAIL = ascii(" goroutines)\n");

    private static final long OTHER_REPORT_TIME = 1_000_000_000; // nanoseconds

    private OutOfMemoryExit() {}

    /// Creates all that [#outOfMemory] needs.
    public static void prepare() {
        try {
            write(HEAD, 0, 0); // the first call allocates, and so does the class loading in the next line
            Class.forName("java.lang.Shutdown");
        } catch (ClassNotFoundException otherJdk) {
            // the class is then loaded when it is needed, if there is memory left
        }
    }

    /// Reports and ends the process. Does not return.
    public static void outOfMemory() {
        try {
            if (REPORTED.compareAndSet(false, true)) {
                report(Goroutines.count());
            } else {
                LockSupport.parkNanos(OTHER_REPORT_TIME); // another thread is writing the report and ends the process
            }
        } finally {
            Runtime.getRuntime().halt(2);
        }
    }

    private static void report(int goroutines) {
        int first = DIGITS.length;
        int rest = goroutines;
        do {
            DIGITS[--first] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        write(HEAD, 0, HEAD.length);
        write(DIGITS, first, DIGITS.length - first);
        write(TAIL, 0, TAIL.length);
    }

    private static void write(byte[] bytes, int from, int length) {
        try {
            ERR.write(bytes, from, length);
        } catch (IOException closed) {
            // the report cannot be written
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
