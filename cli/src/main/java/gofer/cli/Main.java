package gofer.cli;

import gofer.Go;
import gofer.goroutine.Body;
import gofer.testing.agent.Points;
import gofer.testing.agent.RaceDetector;
import gofer.vet.Vet;
import java.util.List;
import java.util.Set;

/// The entry point of `./gofer`. The script runs it after it has found a JDK and built the jars.
public final class Main {
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
        if (asksForHelp(List.of(args))) {
            System.out.print(Usage.of(args[0]));
            return;
        }
        switch (args.length == 0 ? "" : args[0]) {
            case "run" -> run(new CommandLine(List.of(args).subList(1, args.length)));
            case "explore" -> System.exit(Search.of(new CommandLine(List.of(args).subList(1, args.length))).run());
            case "vet" -> System.exit(VetCommand.of(new CommandLine(List.of(args).subList(1, args.length))).run());
            case "dump", "leaks", "profile", "trace", "doctor" -> Inspection.of(args).run();
            case "version", "--version" -> version();
            case "help", "--help", "-h" -> System.out.print(Usage.all());
            case "" -> throw new UsageException("missing command; see gofer --help");
            default -> throw new UsageException("unknown command '" + args[0] + "'; see gofer --help");
        }
    }

    /// Returns whether the first option of a command is `--help`. On a terminal, the script adds an option before it.
    private static boolean asksForHelp(List<String> args) {
        return args.stream()
                .skip(1)
                .filter(word -> !word.equals("--progress"))
                .findFirst()
                .filter(Set.of("--help", "-h")::contains)
                .isPresent();
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
