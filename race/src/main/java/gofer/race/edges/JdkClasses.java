package gofer.race.edges;

import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A transformer of the classes of the JDK that order threads. It only changes method bodies, so it can transform
/// loaded classes.
final class JdkClasses implements ClassFileTransformer {

    private static final String CONCURRENT = "java/util/concurrent/";

    /// The classes whose monitors order threads, by the name of the outermost class.
    private static final Set<String> MONITORED =
            Set.of(
                    "java/io/BufferedInputStream",
                    "java/io/BufferedOutputStream",
                    "java/io/BufferedReader",
                    "java/io/BufferedWriter",
                    "java/io/ByteArrayInputStream",
                    "java/io/ByteArrayOutputStream",
                    "java/io/CharArrayReader",
                    "java/io/CharArrayWriter",
                    "java/io/FilterOutputStream",
                    "java/io/LineNumberReader",
                    "java/io/PipedInputStream",
                    "java/io/PipedOutputStream",
                    "java/io/PipedReader",
                    "java/io/PipedWriter",
                    "java/io/PrintStream",
                    "java/io/PrintWriter",
                    "java/io/PushbackInputStream",
                    "java/io/PushbackReader",
                    "java/io/Reader",
                    "java/io/StringReader",
                    "java/io/Writer",
                    "java/lang/ApplicationShutdownHooks",
                    "java/lang/StringBuffer",
                    "java/lang/Throwable",
                    "java/lang/ref/ReferenceQueue",
                    "java/util/Hashtable",
                    "java/util/Observable",
                    "java/util/Properties",
                    "java/util/Random",
                    "java/util/Stack",
                    "java/util/TaskQueue",
                    "java/util/Timer",
                    "java/util/TimerTask",
                    "java/util/TimerThread",
                    "java/util/Vector",
                    "java/util/logging/Handler",
                    "java/util/logging/StreamHandler",
                    "jdk/internal/ref/CleanerImpl",
                    "jdk/internal/ref/PhantomCleanable",
                    "sun/nio/cs/StreamDecoder",
                    "sun/nio/cs/StreamEncoder");

    /// The same, for classes that are nested in one with much else.
    private static final String MONITORED_COLLECTIONS = "java/util/Collections$Synchronized";

    /// The synchronized methods of exceptions that each throw of an exception calls, and that pass nothing on.
    private static final Set<String> UNSHARED = Set.of("fillInStackTrace", "getOurStackTrace");

    /// The beginnings of the names of the classes that use concurrent collections and queues for themselves. If that counted,
    /// starting or unparking a virtual thread, or loading a class, would order threads that have nothing to do with each other.
    private static final List<String> QUIET =
            List.of(
                    "java/lang/ClassLoader",
                    "java/lang/VirtualThread",
                    "java/lang/invoke/MethodType",
                    "java/util/concurrent/ThreadLocalRandom",
                    "jdk/internal/loader/",
                    "jdk/internal/util/Referenced",
                    "jdk/internal/vm/SharedThreadContainer",
                    "jdk/internal/vm/ThreadContainers");

    private static final Set<String> COLLECTIONS = Set.of("java/util/Map", "java/util/Set");

    private final ConcurrentRules rules = new ConcurrentRules();
    private final Transforms transforms = new Transforms();

    static boolean appliesTo(Class<?> type) {
        return type.getClassLoader() == null && !type.isHidden() && appliesTo(type.getName().replace('.', '/'));
    }

    private static boolean appliesTo(String name) {
        return ConcurrentRules.appliesTo(name) || JdkHooks.types().contains(name) || isMonitored(name) || isQuiet(name);
    }

    private static boolean isMonitored(String name) {
        int nested = name.indexOf('$');
        return MONITORED.contains(nested < 0 ? name : name.substring(0, nested))
                || name.startsWith(MONITORED_COLLECTIONS);
    }

    /// Returns whether all methods of a class are quiet. In `Random`, only the one is that makes new generators differ.
    private static boolean isQuiet(String name) {
        return QUIET.stream().anyMatch(name::startsWith);
    }

    /// Returns the first failure, or null if there is none.
    @Nullable Throwable failure() {
        return transforms.failure();
    }

    /// Returns whether a class has been transformed.
    boolean hasSeen(Class<?> type) {
        return transforms.hasSeen(type.getName().replace('.', '/'));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] file) {
        if (loader != null || name == null || name.startsWith(Transforms.DETECTOR) || !appliesTo(name)) {
            return null;
        }
        return transforms.apply(name, () -> rewritten(name, file));
    }

    /// Returns the rewritten class file.
    byte[] rewritten(String name, byte[] file) {
        return Transforms.bodies(file, method -> steps(name, method), method -> hooks(name, method));
    }

    private List<Step> steps(String name, MethodModel method) {
        List<Step> steps = new ArrayList<>();
        if (ConcurrentRules.appliesTo(name)) {
            steps.addAll(rules.steps(name, method));
        } else if (isMonitored(name)) {
            steps.add(new Monitors());
        }
        if (isQuiet(name) || name.equals("java/util/Random") && method.methodName().equalsString("seedUniquifier")) {
            steps.add(new QuietCalls(JdkClasses::isQuietCall));
        }
        if (name.equals(ComputedValues.OWNER)) {
            steps.add(new ComputedValues());
        }
        return steps;
    }

    private static boolean isQuietCall(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return owner.startsWith(CONCURRENT) && !owner.endsWith("/LockSupport")
                || COLLECTIONS.contains(owner)
                || owner.equals("java/lang/ref/ReferenceQueue");
    }

    private static MethodHooks hooks(String name, MethodModel method) {
        MethodHooks hooks = JdkHooks.of(name, method);
        boolean isMonitored = ConcurrentRules.appliesTo(name) || isMonitored(name);
        if (!isMonitored || UNSHARED.contains(method.methodName().stringValue())) {
            return hooks;
        }
        MethodHooks monitor = Monitors.hooks(method);
        return monitor.isNone() ? hooks : hooks.isNone() ? monitor : hooks.within(monitor);
    }
}
