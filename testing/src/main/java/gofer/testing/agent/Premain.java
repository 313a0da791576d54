package gofer.testing.agent;

import java.lang.instrument.Instrumentation;

/// The class that the JVM calls to start the agent. The build compiles it for Java 11, so that an older Java than that of the
/// other classes can load it and say which Java the agent needs. So it uses nothing newer.
public final class Premain {

    private static final int OLDEST = 25;

    private Premain() {}

    /// Starts [Agent]. On an older Java than 25, prints a sentence and ends the JVM.
    public static void premain(String options, Instrumentation jvm) {
        String refusal = refusal(Runtime.version().feature(), System.getProperty("java.version"));
        if (!refusal.isEmpty()) {
            System.err.println(refusal);
            System.exit(1);
        }
        Agent.premain(options, jvm);
    }

    /// Returns why the agent cannot start on a version of Java; empty if it can.
    static String refusal(int feature, String version) {
        return feature >= OLDEST
                ? ""
                : "gofer: the agent needs Java " + OLDEST + " or newer, but this is Java " + version;
    }
}
