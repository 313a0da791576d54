package gofer.testing.junit;

import gofer.goroutine.Body;
import gofer.testing.Explore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs the body of a test method again and again. What runs before and after the test does so once.
public final class ExploreExtension implements InvocationInterceptor {

    /// One for any number of tests.
    public ExploreExtension() {}

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context) {
        explore(invocation, method);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context) {
        explore(invocation, method);
    }

    private static void explore(Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> context) {
        invocation.skip();
        Method method = context.getExecutable();
        method.setAccessible(true);
        Body body =
                () -> {
                    try {
                        method.invoke(context.getTarget().orElse(null), context.getArguments().toArray());
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause() == null ? thrown : thrown.getCause();
                    }
                };
        ExploreTest how = method.getAnnotation(ExploreTest.class);
        if (how == null || how.replay().isEmpty()) {
            search(how).check(body);
        } else {
            Explore.replay(how.replay(), body);
        }
    }

    private static Explore search(@Nullable ExploreTest how) {
        return how == null
                ? Explore.schedules(1000)
                : Explore.schedules(how.schedules())
                        .strategy(how.strategy())
                        .seed(how.seed())
                        .preemptions(how.preemptions());
    }
}
