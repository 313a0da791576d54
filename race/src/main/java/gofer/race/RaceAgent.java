package gofer.race;

import gofer.race.edges.Edges;
import gofer.race.rewrite.ProgramClasses;
import gofer.race.runtime.Detector;
import gofer.race.runtime.Report;
import gofer.race.runtime.ReportText;
import gofer.race.runtime.Reports;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.Predicate;
import jdk.internal.access.SharedSecrets;

/// The start of the race detector. The agent of gofer.testing calls it by name, because this module is then in the bootstrap
/// class loader.
public final class RaceAgent {

    /// The place in the order of the JVM's shutdown: after the shutdown hooks of the program.
    private static final int LAST_SHUTDOWN_SLOT = 9;

    private final ReportLog log;
    private final Options options;
    private final ProgramClasses classes;
    private final String limits;

    private RaceAgent(Options options, ReportLog log, ProgramClasses classes, String limits) {
        this.options = options;
        this.log = log;
        this.classes = classes;
        this.limits = limits;
    }

    /// Starts to look for races in the classes whose binary names are in `scope`, which are loaded from now on. Throws
    /// [IllegalArgumentException] for invalid options in [Options#VARIABLE].
    ///
    /// @param limits the options that limit the scope; empty if there are none
    public static void install(Instrumentation jvm, Predicate<String> scope, String limits) throws Exception {
        String text = System.getenv(Options.VARIABLE);
        Options options = Options.of(text == null ? "" : text);
        var classes = new ProgramClasses(scope.and(new LoadedClasses(jvm).negate()));
        var agent = new RaceAgent(options, openLog(options), classes, limits);
        Edges.install(jvm);
        jvm.addTransformer(classes, true);
        Reports.exclude(options.suppressions()::contain);
        Reports.listen(agent::report);
        if (!options.suppressEqualStacks()) {
            Reports.repeat(true);
        }
        if (!options.failTests()) {
            Reports.leaveTests();
        }
        SharedSecrets.getJavaLangAccess().registerShutdownHook(LAST_SHUTDOWN_SLOT, false, agent::end);
        Detector.start();
    }

    private static ReportLog openLog(Options options) {
        try {
            return ReportLog.of(options);
        } catch (IOException unwritable) {
            throw new IllegalArgumentException(
                    Options.VARIABLE + ": log_path cannot be written: " + unwritable, unwritable);
        }
    }

    private void report(Report report) {
        log.add(report);
        if (options.haltOnError()) {
            log.end();
            Runtime.getRuntime().halt(options.exitCode());
        }
        Reports.publish(
                report.variable(),
                ReportText.text(report, options.stripPrefix()),
                ReportText.json(report, options.stripPrefix()).strip());
    }

    /// Prints a message if no class was in the scope. Changes the exit status if there are races and the program would end
    /// without an error. After a test that failed, it leaves the status to the tool that runs the tests.
    private void end() {
        log.end();
        if (!limits.isEmpty() && !classes.hasSelected()) {
            System.err.println(
                    "gofer: races were not searched for: no class of the program matches the agent's options "
                            + limits);
        }
        if (log.count() > 0 && Detector.exitStatus == 0 && !Reports.hasFailedTest()) {
            Runtime.getRuntime().halt(options.exitCode());
        }
    }
}
