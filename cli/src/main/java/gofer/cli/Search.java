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
/// @param explore which schedules
/// @param progress whether to show the progress
/// @param file the source of the program
/// @param args its arguments
record Search(Explore explore, boolean progress, Path file, List<String> args) {
    private static final long SCHEDULES = 1000;

    /// Parses a command line.
    static Search of(CommandLine words) {
        long schedules = 0;
        boolean exhaustive = false;
        boolean progress = false;
        int preemptions = Integer.MAX_VALUE;
        long seed = 1;
        long steps = 0;
        for (String option = words.option(); !option.isEmpty(); option = words.option()) {
            switch (option) {
                case "--schedules" -> schedules = words.number(option, 1);
                case "--exhaustive" -> exhaustive = true;
                case "--preemptions" -> {
                    exhaustive = true; // the option applies to exhaustive searches only
                    preemptions = (int) Math.min(Integer.MAX_VALUE, words.number(option, 0));
                }
                case "--seed" -> seed = words.number(option, Long.MIN_VALUE);
                case "--steps" -> steps = words.number(option, 1);
                case "--progress" -> progress = true;
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
        if (steps > 0) explore.steps((int) Math.min(Integer.MAX_VALUE, steps));
        return new Search(explore, progress, words.file("explore"), List.of(words.rest()));
    }

    /// Searches, prints the result, and returns the exit status.
    int run() {
        LoadedProgram program = LoadedProgram.compile(file).withPoints();
        Body main = program.body(args.toArray(String[]::new));
        PrintStream out = System.out;
        PrintStream err = System.err;
        var unfinished = new Thread(() -> giveUp(err));
        Runtime.getRuntime().addShutdownHook(unfinished);
        Capture capture = Capture.begin();
        explore.outcome(capture::text);
        var line = new SearchProgress(err);
        if (progress) explore.progress(line);
        Exploration result = explore.search(body(program, main, capture));
        if (progress) line.end();
        Runtime.getRuntime().removeShutdownHook(unfinished);
        out.print(new SearchReport(result, words()).text());
        out.flush();
        return result.faults().isEmpty() ? 0 : 1;
    }

    /// Loads a program with state in static fields again for each run.
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
            LoadedProgram fresh = program.loadedAnew();
            Thread.currentThread().setContextClassLoader(fresh.type().getClassLoader());
            fresh.body(args.toArray(String[]::new)).run();
        };
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        words.add(file.toString());
        words.addAll(args);
        return words;
    }

    /// Reports that the process ends early. Otherwise a program that ends the process would seem to have no fault.
    private static void giveUp(PrintStream err) {
        err.println("gofer: the search was ended early, by a signal or by a call of System.exit in the program");
        Runtime.getRuntime().halt(2);
    }
}
