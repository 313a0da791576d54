package gofer.race;

import gofer.race.runtime.Report;
import gofer.race.runtime.ReportText;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Where reports are written: the destination and the form that the options name.
final class ReportLog {

    private final Options options;
    private final OutputStream out;
    private int count; // guarded by this

    private ReportLog(Options options, OutputStream out) {
        this.options = options;
        this.out = out;
    }

    /// Creates a log. Throws [IOException] if its file cannot be written.
    static ReportLog of(Options options) throws IOException {
        return new ReportLog(
                options,
                switch (options.logPath()) {
                    case "stderr" -> System.err;
                    case "stdout" -> System.out;
                    default -> new FileOutputStream(options.logPath() + "." + ProcessHandle.current().pid(), true);
                });
    }

    static ReportLog to(OutputStream out, Options options) {
        return new ReportLog(options, out);
    }

    /// Writes a report.
    synchronized void add(Report report) {
        count++;
        write(
                options.json()
                        ? ReportText.json(report, options.stripPrefix())
                        : ReportText.text(report, options.stripPrefix()));
    }

    /// Returns the number of reports that were written.
    synchronized int count() {
        return count;
    }

    /// Writes how many races were found, unless the log has JSON or there are none.
    synchronized void end() {
        if (count > 0 && !options.json()) {
            write("Found " + count + " data race(s)\n");
        }
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException unwritable) {
            System.err.println("gofer: a report of a data race cannot be written: " + unwritable);
            System.err.print(text);
        }
    }
}
