package gofer.cli;

import java.util.ArrayList;
import java.util.List;

/// The texts that explain the command line.
final class Usage {
    private static final String ALL =
            """
            usage: gofer run [--procs N] [--race] FILE.java [ARGUMENT...]
                                      compile the file in memory and run it; run at most N goroutines at a time; with
                                      --race report data races, and exit with status 66 if there are any
                   gofer explore [--schedules N] [--exhaustive] [--preemptions N] [--seed S] [--steps N] [--racy]
                                 FILE.java [ARGUMENT...]
                                      run it under many schedules (1000, N, or all); report the faults, and the
                                      outputs if they differ; abandon a schedule after N steps; with --racy show
                                      what data races do instead of reporting them
                   gofer run --replay TOKEN FILE.java [ARGUMENT...]
                                      run it under a schedule that explore has found, and print the steps
                   gofer vet [--json] [--only=CHECK,...] [--with=CHECK,...] FILE.java...
                                      report mistakes in the use of Gofer; exit with status 1 if there are any;
                                      run only these checks, or add checks; --list prints all checks
                   gofer dump [--json] PID
                                      print what the goroutines of a running program do
                   gofer leaks PID    print the goroutines that are blocked forever
                   gofer profile block|mutex|goroutine|leak PID [--for 10s] [-o FILE]
                                      print a profile of the goroutines; FILE is for go tool pprof
                   gofer trace PID --on|--off
                                      start or stop recording the last minute of the goroutines
                   gofer trace PID [--last 10s] -o FILE.jfr
                                      write the recording, for JDK Mission Control or jfr print
                                      (if several class loaders have their own copy of Gofer, as in web applications,
                                      these commands show all; --loader TEXT selects the one with TEXT in its name)
                   gofer doctor [PID] check the JDK, its options and the machine, here or of a running program
                   gofer bench [--quick] [ROW...]
                                      measure against Go, Rust, Kotlin, Jox and the JDK, if they are installed;
                                      ROW is the beginning of the names of rows; without it, write docs/benchmarks.md;
                                      --quick does a tenth of the operations, and only prints
                   gofer version      print the versions of Gofer and Java, and the scheduler
                   gofer COMMAND --help
                                      print the help of one command
                   gofer --help       print this help

            FILE.java is a compact or an ordinary source file that says `import module gofer;`.
            Classes in files beside it are found as `java FILE.java` finds them.
            """;

    private static final String EXPLORE =
            """
            usage: gofer explore [OPTION...] FILE.java [ARGUMENT...]

            Runs the program under many schedules. Reports exceptions, deadlocks, data races, goroutines that still wait,
            and the outputs if they differ. The exit status is 1 if there is a fault.

              --schedules N    run N schedules; 1000 by default
              --exhaustive     run all schedules, or at most N with --schedules N
              --preemptions N  run all schedules that switch at most N times from a goroutine that could continue
              --seed S         the seed of the random choices; 1 by default
              --steps N        abandon a schedule after N steps
              --racy           show what data races do, such as a lost update, instead of reporting them
            """;

    private static final String COMMAND = "gofer ";
    private static final String FIRST = "usage: ";

    private Usage() {}

    /// Returns the help.
    static String all() {
        return ALL;
    }

    /// Returns the help of one command. Throws [UsageException] if there is no such command.
    static String of(String command) {
        if (command.equals("explore")) return EXPLORE;
        List<String> found = new ArrayList<>();
        boolean isOfCommand = false;
        for (String line : ALL.lines().takeWhile(text -> !text.isEmpty()).toList()) {
            String text = line.substring(FIRST.length());
            if (text.startsWith(COMMAND)) isOfCommand = (text + " ").startsWith(COMMAND + command + " ");
            if (isOfCommand) found.add((found.isEmpty() ? FIRST : " ".repeat(FIRST.length())) + text + "\n");
        }
        if (found.isEmpty()) throw new UsageException("unknown command '" + command + "'; see gofer --help");
        return String.join("", found);
    }
}
