package gofer.cli;

import gofer.Go;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What `./gofer` runs once it has found a JDK and built the jars.
public final class Main {
    private static final String USAGE =
            """
            usage: gofer run [--procs N] FILE.java [ARGUMENT...]
                                      compile the file in memory and run it, at most N goroutines at a time
                   gofer dump [--json] PID
                                      print what the goroutines of a running program do
                   gofer leaks PID    print those that wait for ever, as nothing can wake them
                   gofer profile block|mutex|goroutine|leak PID [--for 10s] [-o FILE]
                                      print where they lose time, or are; FILE is for go tool pprof
                   gofer trace PID --on|--off
                                      keep the last minute of what the goroutines do, or no longer
                   gofer trace PID [--last 10s] -o FILE.jfr
                                      write it, for JDK Mission Control or jfr print
                   gofer doctor [PID] look at the JDK, its options and the machine: here, or of a running program
                   gofer bench [--quick] [ROW...]
                                      measure against Go, Kotlin, Jox and the JDK, as far as they are found
                   gofer version      print the versions of Gofer and of Java, and which scheduler runs
                   gofer --help       print this

            FILE.java is a compact or an ordinary source file that says `import module gofer;`.
            Classes in files beside it are found as `java FILE.java` finds them.
            """;

    private Main() {}

    /// Carries out one command.
    ///
    /// @param args the command and what belongs to it
    public static void main(String[] args) {
        try {
            command(args);
        } catch (UsageException e) {
            System.err.println("gofer: " + e.getMessage());
            System.exit(2);
        } catch (BadSourceException e) {
            System.err.print(e.getMessage());
            System.exit(1);
        }
    }

    private static void command(String[] args) {
        switch (args.length == 0 ? "" : args[0]) {
            case "run" -> run(Arrays.copyOfRange(args, 1, args.length));
            case "dump", "leaks", "profile", "trace", "doctor" -> Inspection.of(args).run();
            case "version", "--version" -> version();
            case "help", "--help", "-h" -> System.out.print(USAGE);
            case "" -> throw new UsageException("a command is missing; see gofer --help");
            default -> throw new UsageException("unknown command '" + args[0] + "'; see gofer --help");
        }
    }

    private static void run(String[] args) {
        if (args.length > 0 && args[0].equals("--procs")) {
            if (args.length == 1) throw new UsageException("--procs needs a number");
            setProcs(args[1]);
            args = Arrays.copyOfRange(args, 2, args.length);
        }
        if (args.length == 0) throw new UsageException("run needs a file: gofer run FILE.java [ARGUMENT...]");
        Path file = Path.of(args[0]);
        if (!Files.isRegularFile(file)) throw new UsageException("there is no file " + file);
        Program program = Program.compile(file);
        Thread.currentThread().setContextClassLoader(program.type().getClassLoader());
        Go.main(program.body(Arrays.copyOfRange(args, 1, args.length)));
    }

    private static void setProcs(String number) {
        try {
            int procs = Integer.parseInt(number);
            if (procs > 0) {
                Go.gomaxprocs(procs);
                return;
            }
        } catch (IllegalArgumentException refused) {
            // not a number, or too many
        }
        throw new UsageException("--procs needs a number from 1 to 1024, not '" + number + "'");
    }

    private static void version() {
        String gofer = Go.class.getModule().getDescriptor().rawVersion().orElse("(unknown)");
        System.out.printf(
                "gofer %s, Java %s (%s), gomaxprocs %d%n%s%n",
                gofer, Runtime.version(), System.getProperty("java.vendor"), Go.gomaxprocs(0), Go.scheduler());
    }
}
