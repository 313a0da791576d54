package gofer.cli;

import gofer.Go;
import gofer.goroutine.Body;
import gofer.testing.agent.Points;
import gofer.testing.agent.RaceDetector;
import gofer.vet.Vet;
import java.util.List;

/// The entry point of `./gofer`. The script runs it after it has found a JDK and built the jars.
public final class Main {
    private static final String USAGE =
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
                                      measure against Go, Kotlin, Jox and the JDK, if they are installed
                   gofer version      print the versions of Gofer and Java, and the scheduler
                   gofer --help       print this help

            FILE.java is a compact or an ordinary source file that says `import module gofer;`.
            Classes in files beside it are found as `java FILE.java` finds them.
            """;

    private Main() {}

    /// Runs one command.
    ///
    /// @param args the command and its arguments
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
            case "run" -> run(new CommandLine(List.of(args).subList(1, args.length)));
            case "explore" -> System.exit(Search.of(new CommandLine(List.of(args).subList(1, args.length))).run());
            case "vet" -> System.exit(VetCommand.of(new CommandLine(List.of(args).subList(1, args.length))).run());
            case "dump", "leaks", "profile", "trace", "doctor" -> Inspection.of(args).run();
            case "version", "--version" -> version();
            case "help", "--help", "-h" -> System.out.print(USAGE);
            case "" -> throw new UsageException("missing command; see gofer --help");
            default -> throw new UsageException("unknown command '" + args[0] + "'; see gofer --help");
        }
    }

    private static void run(CommandLine words) {
        String token = "";
        boolean findsRaces = false;
        for (String option = words.option(); !option.isEmpty(); option = words.option()) {
            switch (option) {
                case "--procs" -> setProcs(words.value(option, "a number"));
                case "--race" -> findsRaces = true;
                case "--replay" -> token = words.value(option, "a token");
                default -> throw new UsageException("run has no option " + option + "; see gofer --help");
            }
        }
        if (findsRaces && !token.isEmpty()) {
            throw new UsageException(
                    "run has no --race with --replay: a token that begins with g1r- searches for races");
        }
        if (findsRaces && !RaceDetector.isRunning()) {
            throw new UsageException("--race needs a JVM that is started with -javaagent:gofer-testing.jar=race");
        }
        Vet vet = token.isEmpty() ? Vet.standard() : Vet.none();
        LoadedProgram program = LoadedProgram.compile(words.file("run"), vet);
        VetCommand.warn(program.file(), program.compilation().findings());
        if (!token.isEmpty() || Points.isAgentRunning())
            program = program.withPoints(); // as in the search; or the program itself may explore
        Thread.currentThread().setContextClassLoader(program.type().getClassLoader());
        Body main = program.body(words.rest());
        if (token.isEmpty()) Go.main(main);
        else System.exit(Rerun.of(main, token));
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
