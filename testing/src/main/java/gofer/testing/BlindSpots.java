package gofer.testing;

import gofer.goroutine.Body;
import gofer.testing.agent.GoferPoints;
import gofer.testing.agent.RaceDetector;
import gofer.testing.agent.ReflectiveBody;
import gofer.testing.agent.Selection;
import gofer.testing.agent.SharedAccessScan;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A search for accesses to shared state that an exploration without the agent cannot see.
final class BlindSpots {

    private static final String LAMBDA = "$$Lambda";

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /// The places found so far, by class loader and methods. The same methods are often searched again.
    private static final Map<ClassLoader, Map<List<SharedAccessScan.Method>, Optional<String>>> CACHE =
            Collections.synchronizedMap(new WeakHashMap<>());

    private BlindSpots() {}

    /// Describes the first place in `body` where other goroutines should be able to run but cannot, and how to change that.
    /// Returns null if there is none, or if the agent has added scheduling points. Called on the thread that starts the
    /// exploration.
    static @Nullable String in(Body body) {
        ClassLoader loader = body.getClass().getClassLoader();
        Selection selection = GoferPoints.selection();
        if (loader == null || selection != null && !selection.isLimited()) {
            return null;
        }
        List<SharedAccessScan.Method> roots = roots(body);
        String type = body.getClass().isHidden() ? Body.class.getName().replace('.', '/') : "";
        return CACHE.computeIfAbsent(loader, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        roots, _ -> Optional.ofNullable(SharedAccessScan.first(roots, type, loader, selection)))
                .map(place ->
                        place
                                + ", and no other goroutine can run just before that: "
                                + (selection == null
                                        ? howToStart() + ", or call Explore.point there"
                                        : "the options of the agent leave the class out"))
                .orElse(null);
    }

    private static String howToStart() {
        return RaceDetector.isRunning()
                ? "start the agent without the option race"
                : "start the JVM with -javaagent:gofer-testing.jar";
    }

    private static List<SharedAccessScan.Method> roots(Body body) {
        if (body instanceof ReflectiveBody rooted) {
            var method = rooted.root();
            var type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            return List.of(method(method.getDeclaringClass(), method.getName(), type.descriptorString()));
        }
        if (!body.getClass().isHidden()) {
            return List.of(method(body.getClass(), "run", "()V"));
        }
        String name = body.getClass().getName();
        String host = name.contains(LAMBDA) ? name.substring(0, name.indexOf(LAMBDA)) : name;
        if (Selection.isTool(host)) {
            return List.of();
        }
        return WALKER.walk(frames ->
                frames.filter(frame -> !Selection.isTool(frame.getClassName()))
                        .map(frame -> method(frame.getDeclaringClass(), frame.getMethodName(), frame.getDescriptor()))
                        .distinct()
                        .toList());
    }

    private static SharedAccessScan.Method method(Class<?> type, String name, String descriptor) {
        return new SharedAccessScan.Method(type.getName().replace('.', '/'), name, descriptor);
    }
}
