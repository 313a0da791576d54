package gofer.cli;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Strategy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A search that runs a program under many schedules.
///
/// @param explore the options of the search
/// @param progress whether to show the progress
/// @param file the source of the program
/// @param args its arguments
record Search(Explore explore, boolean progress, Path file, List<String> args) {
    private static final long SCHEDULES = 1000;

    /// Parses a command line.
    static Search of(CommandLine commandLine) {
        long schedules = 0;
        boolean exhaustive = false;
        boolean progress = false;
        boolean racy = false;
        int preemptions = Integer.MAX_VALUE;
        long seed = 1;
        long steps = 0;
        for (String option = commandLine.option(); !option.isEmpty(); option = commandLine.option()) {
            switch (option) {
                case "--schedules" -> schedules = commandLine.number(option, 1);
                case "--exhaustive" -> exhaustive = true;
                case "--preemptions" -> {
                    exhaustive = true; // the option applies to exhaustive searches only
                    preemptions = (int) Math.min(Integer.MAX_VALUE, commandLine.number(option, 0));
                }
                case "--seed" -> seed = commandLine.number(option, Long.MIN_VALUE);
                case "--steps" -> steps = commandLine.number(option, 1);
                case "--progress" -> progress = true;
                case "--racy" -> racy = true;
                default -> throw new UsageException("explore has no option " + option + "; see gofer --help");
            }
        }
        long most = schedules > 0 ? schedules : exhaustive ? Long.MAX_VALUE : SCHEDULES;
        var explore =
                Explore.schedules(most)
                        .strategy(exhaustive ? Strategy.EXHAUSTIVE : Strategy.MIXED)
                        .preemptions(preemptions)
                        .seed(seed)
                        .all();
        if (racy) explore.racy();
        if (steps > 0) explore.steps((int) Math.min(Integer.MAX_VALUE, steps));
        return new Search(explore, progress, commandLine.file("explore"), List.of(commandLine.rest()));
    }

    /// Searches, prints the result, and returns the exit status.
    int run() {
        LoadedProgram program = LoadedProgram.compile(file).withPoints();
        Body main = program.body(args.toArray(String[]::new));
        PrintStream out = System.out;
        PrintStream err = System.err;
        var earlyEnd = new Thread(() -> reportEarlyEnd(err));
        Runtime.getRuntime().addShutdownHook(earlyEnd);
        Capture capture = Capture.begin();
        explore.outcome(capture::text);
        var progressLine = new SearchProgress(err);
        if (progress) explore.progress(progressLine);
        Exploration result = explore.search(body(program, main, capture));
        if (progress) progressLine.end();
        Runtime.getRuntime().removeShutdownHook(earlyEnd);
        out.print(new SearchReport(result, commandLine()).text());
        out.flush();
        return result.faults().isEmpty() ? 0 : 1;
    }

    /// Returns the body to explore. It loads the program again for each run if the program may keep state in static fields.
    Body body(LoadedProgram program, Body main, Capture capture) {
        if (!program.keepsState()) {
            Thread.currentThread().setContextClassLoader(program.type().getClassLoader());
            return () -> {
                capture.reset();
                main.run();
            };
        }
        return () -> {
            capture.reset();
            LoadedProgram fresh = program.reloaded();
            Thread.currentThread().setContextClassLoader(fresh.type().getClassLoader());
            fresh.body(args.toArray(String[]::new)).run();
        };
    }

    private List<String> commandLine() {
        var commandLine = new ArrayList<String>();
        commandLine.add(file.toString());
        commandLine.addAll(args);
        return commandLine;
    }

    /// Reports that the process ends early. Otherwise a program that ends the process would appear to have no fault.
    private static void reportEarlyEnd(PrintStream err) {
        err.println("gofer: the search was ended early, by a signal or by a call of System.exit in the program");
        Runtime.getRuntime().halt(2);
    }
}
