package gofer.runtime.base;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A thread as seen by Linux. For Java a thread is runnable while it is blocked in the operating system, and while it
/// waits in the JVM until another thread has initialized a class. Linux distinguishes these states from waiting for a
/// core.
public final class OsThread {

    private static final String CURRENT = "/proc/thread-self/stat";

    /// In bytes: longer than `4711 (gofer carrier 1) S`. A name has at most 15 characters.
    private static final int HEAD = 64;

    private final String file;

    private OsThread(String file) {
        this.file = file;
    }

    /// Returns the current platform thread; null if it cannot be determined, as on systems other than Linux.
    public static @Nullable OsThread current() {
        try {
            String head = head(CURRENT);
            return new OsThread("/proc/self/task/" + head.substring(0, head.indexOf(' ')) + "/stat");
        } catch (IOException | RuntimeException unknown) {
            return null;
        }
    }

    /// Returns whether it waits for something other than a core.
    public boolean isBlocked() {
        try {
            String head = head(file);
            char state = head.charAt(head.lastIndexOf(')') + 2);
            return state == 'S' || state == 'D';
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    private static String head(String file) throws IOException {
        try (var in = new FileInputStream(file)) {
            byte[] head = new byte[HEAD];
            int length = Math.max(0, in.read(head));
            return new String(head, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
