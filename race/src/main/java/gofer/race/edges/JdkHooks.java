package gofer.race.edges;

import gofer.race.runtime.Hooks;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The methods of the JDK that order threads other than by their code.
final class JdkHooks {

    private static final String THREAD = "java/lang/Thread";
    private static final String VIRTUAL = "java/lang/VirtualThread";
    private static final String EXECUTOR = "java/util/concurrent/ThreadPerTaskExecutor";
    private static final String SHUTDOWN = "java/lang/Shutdown";
    private static final ClassDesc REFERENCE = ClassDesc.of("java.lang.ref.Reference");
    private static final ClassDesc QUEUE = ClassDesc.of("java.lang.ref.ReferenceQueue");

    private static final String LOADER = "jdk/internal/loader/BuiltinClassLoader";
    private static final String LINKER = "java/lang/invoke/MethodHandleNatives";

    private static final Set<String> LINKS =
            Set.of(
                    "linkCallSite(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;"
                        + "[Ljava/lang/Object;)Ljava/lang/invoke/MemberName;",
                    "linkMethod(Ljava/lang/Class;ILjava/lang/Class;Ljava/lang/String;Ljava/lang/Object;"
                            + "[Ljava/lang/Object;)Ljava/lang/invoke/MemberName;",
                    "linkMethodHandleConstant(Ljava/lang/Class;ILjava/lang/Class;Ljava/lang/String;"
                            + "Ljava/lang/Object;)Ljava/lang/invoke/MethodHandle;",
                    "findMethodHandleType(Ljava/lang/Class;[Ljava/lang/Class;)Ljava/lang/invoke/MethodType;");

    /// Hooks by class, method name and descriptor.
    private static final Map<String, MethodHooks> HOOKS = new HashMap<>();

    static {
        starts();
        links();
        interrupts();
        handlers();
        MethodHooks exits = MethodHooks.entry(body -> HookCalls.exiting(body.code().iload(1)));
        HOOKS.put("java/lang/Runtime.exit(I)V", exits);
        HOOKS.put("java/lang/Runtime.halt(I)V", exits);
        HOOKS.put(SHUTDOWN + ".shutdown()V", MethodHooks.entry(body -> HookCalls.jdk(body.code(), "shutdown")));
        HOOKS.put(
                ComputedValues.OWNER + ".get(Ljava/lang/Class;)Ljava/lang/Object;",
                MethodHooks.exit(body -> ComputedValues.call(body, "got")));
        HOOKS.put(
                "java/lang/Object.wait(J)V",
                new MethodHooks(
                        own(Hooks.MONITOR, "release"),
                        own(Hooks.MONITOR, "acquire"),
                        own(Hooks.MONITOR, "acquire").andThen(JdkHooks::interrupted)));
        HOOKS.put(
                "java/lang/ref/Reference.reachabilityFence(Ljava/lang/Object;)V",
                MethodHooks.entry(body -> HookCalls.jdk(body.code(), "reachable")));
        executors();
        MethodHooks dequeues =
                MethodHooks.exit(body -> HookCalls.jdk(body.code().dup().aload(0), "dequeued", REFERENCE, QUEUE));
        for (String method : new String[] {"poll()", "remove()", "remove(J)"}) {
            HOOKS.put("java/lang/ref/ReferenceQueue." + method + "Ljava/lang/ref/Reference;", dequeues);
        }
    }

    private JdkHooks() {}

    private static void starts() {
        String inContainer = ".start(Ljdk/internal/vm/ThreadContainer;)V";
        MethodHooks starting = MethodHooks.entry(thread("starting"));
        HOOKS.put(THREAD + ".start()V", starting);
        HOOKS.put(THREAD + inContainer, starting);
        HOOKS.put(VIRTUAL + inContainer, starting);
        HOOKS.put(THREAD + ".exit()V", MethodHooks.anyExit(thread("ended").andThen(ofThread("ended"))));
        HOOKS.put(VIRTUAL + ".run(Ljava/lang/Runnable;)V", MethodHooks.anyExit(thread("ended")));
        Consumer<Body> joined = thread("joined");
        MethodHooks joins = new MethodHooks(MethodHooks.NOTHING, joined, JdkHooks::interrupted);
        HOOKS.put(THREAD + ".join(J)V", joins);
        HOOKS.put(THREAD + ".join(Ljava/time/Duration;)Z", joins);
        HOOKS.put(THREAD + ".isAlive()Z", MethodHooks.exit(joined));
        HOOKS.put(THREAD + ".getState()Ljava/lang/Thread$State;", MethodHooks.exit(joined));
    }

    /// The executor sees that it has no threads any more by the size of a map, which orders nothing.
    private static void executors() {
        MethodHooks sees = MethodHooks.exit(own(0, "acquire"));
        HOOKS.put(EXECUTOR + ".taskComplete(Ljava/lang/Thread;)V", MethodHooks.entry(own(0, "release")));
        HOOKS.put(EXECUTOR + ".awaitTermination(JLjava/util/concurrent/TimeUnit;)Z", sees);
        HOOKS.put(EXECUTOR + ".isTerminated()Z", sees);
    }

    /// The JVM calls these methods when code runs for the first time. What they use must not order the threads that do so.
    private static void links() {
        Consumer<Body> enter = body -> HookCalls.plain(body.code(), "enterQuiet");
        Consumer<Body> exit = body -> HookCalls.plain(body.code(), "exitQuiet");
        for (String method : LINKS) {
            HOOKS.put(LINKER + "." + method, new MethodHooks(enter, exit, exit));
        }
        HOOKS.put(
                LOADER + ".loadClassOrNull(Ljava/lang/String;Z)Ljava/lang/Class;", new MethodHooks(enter, exit, exit));
    }

    private static void interrupts() {
        MethodHooks sees = MethodHooks.exit(own(Hooks.INTERRUPT, "acquire"));
        for (String type : new String[] {THREAD, VIRTUAL}) {
            HOOKS.put(type + ".interrupt()V", MethodHooks.entry(own(Hooks.INTERRUPT, "release")));
            HOOKS.put(type + ".isInterrupted()Z", sees);
            HOOKS.put(type + ".getAndClearInterrupt()Z", sees);
        }
        HOOKS.put(
                THREAD + ".sleepNanos(J)V",
                new MethodHooks(MethodHooks.NOTHING, MethodHooks.NOTHING, JdkHooks::interrupted));
    }

    private static void handlers() {
        String handler = "(Ljava/lang/Thread$UncaughtExceptionHandler;)V";
        HOOKS.put(THREAD + ".setName(Ljava/lang/String;)V", MethodHooks.entry(own(0, "release")));
        HOOKS.put(THREAD + ".getName()Ljava/lang/String;", MethodHooks.exit(own(0, "acquire")));
        HOOKS.put(THREAD + ".setUncaughtExceptionHandler" + handler, MethodHooks.entry(own(0, "release")));
        HOOKS.put(THREAD + ".setDefaultUncaughtExceptionHandler" + handler, MethodHooks.entry(ofType("release")));
        HOOKS.put(
                THREAD + ".dispatchUncaughtException(Ljava/lang/Throwable;)V",
                MethodHooks.entry(own(0, "acquire").andThen(ofType("acquire")).andThen(ofThread("uncaught"))));
    }

    private static Consumer<Body> own(long part, String hook) {
        return body -> HookCalls.part(body.code().aload(0), part, hook);
    }

    private static Consumer<Body> ofType(String hook) {
        return body -> HookCalls.part(body.code().loadConstant(body.type()), 0, hook);
    }

    private static Consumer<Body> thread(String hook) {
        return body -> HookCalls.thread(body.code().aload(0), hook);
    }

    /// Calls a method of [JdkEdges] with the thread.
    private static Consumer<Body> ofThread(String name) {
        return body -> HookCalls.jdk(body.code().aload(0), name, ClassDesc.ofInternalName(THREAD));
    }

    private static void interrupted(Body body) {
        HookCalls.jdk(body.code(), "interrupted");
    }

    /// Returns the classes with such methods.
    static Set<String> types() {
        return Set.of(
                THREAD,
                VIRTUAL,
                LINKER,
                LOADER,
                EXECUTOR,
                SHUTDOWN,
                ComputedValues.OWNER,
                "java/lang/Runtime",
                "java/lang/Object",
                "java/lang/ref/Reference",
                "java/lang/ref/ReferenceQueue");
    }

    /// Returns the methods, by class, name and descriptor, for tests.
    static Set<String> methods() {
        return HOOKS.keySet();
    }

    /// Returns the hooks of a method of the class `type`.
    static MethodHooks of(String type, MethodModel method) {
        return HOOKS.getOrDefault(
                type + '.' + method.methodName().stringValue() + method.methodType().stringValue(), MethodHooks.NONE);
    }
}
