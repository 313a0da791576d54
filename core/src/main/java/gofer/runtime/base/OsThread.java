package gofer.runtime.base;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A thread as Linux sees it. To Java a thread is runnable while it is blocked in the operating system, and while it waits in the
/// JVM until another thread has initialised a class. Linux tells these from one that waits for a core.
public final class OsThread {

    private static final String CURRENT = "/proc/thread-self/stat";

    /// In bytes: longer than `4711 (gofer carrier 1) S`. A name has at most 15.
    private static final int HEAD = 64;

    private final String file;

    private OsThread(String file) {
        this.file = file;
    }

    /// The current platform thread; null where it cannot be told, as on systems other than Linux.
    public static @Nullable OsThread current() {
        try {
            String head = head(CURRENT);
            return new OsThread("/proc/self/task/" + head.substring(0, head.indexOf(' ')) + "/stat");
        } catch (IOException | RuntimeException unknown) {
            return null;
        }
    }

    /// Whether it waits for something other than a core.
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
