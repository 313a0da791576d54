package gofer.race.edges.child;

import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;

/// The agent of a child JVM.
public final class Premain {

    private Premain() {}

    /// Appends the jar file `options` to the boot class path, and installs the edges from there.
    public static void premain(String options, Instrumentation jvm) throws Exception {
        jvm.appendToBootstrapClassLoaderSearch(new JarFile(options));
        Class<?> edges = Class.forName("gofer.race.edges.Edges", true, null);
        long start = System.nanoTime();
        edges.getMethod("install", Instrumentation.class).invoke(null, jvm);
        if (Boolean.getBoolean("gofer.test.timed")) {
            System.out.println("installed in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }
}
