package gofer.race.runtime;

import java.util.Arrays;

/// The places of accesses, by number.
public final class Sites {

    private static final SpinLock LOCK = new SpinLock();

    private static volatile StackTraceElement[] sites = new StackTraceElement[1024];
    private static int count;

    private Sites() {}

    /// Returns the number of a place. The same place may get several numbers.
    ///
    /// @param type the binary name of the class
    /// @param file the source file, empty if unknown
    /// @param line the line, -1 if unknown
    public static int add(String type, String method, String file, int line) {
        var site = new StackTraceElement(type, method, file.isEmpty() ? null : file, line);
        LOCK.lock();
        try {
            if (count == sites.length) {
                sites = Arrays.copyOf(sites, count * 2);
            }
            sites[count] = site;
            return count++;
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns a place.
    public static StackTraceElement get(int site) {
        return sites[site];
    }
}
