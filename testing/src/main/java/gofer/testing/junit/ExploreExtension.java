package gofer.testing.junit;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Strategy;
import gofer.testing.agent.ReflectiveBody;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/// An extension that runs the body of a test method under many schedules. Code that runs before and after the test runs once.
/// Other extensions that intercept the body are not applied.
public final class ExploreExtension implements InvocationInterceptor, TestTemplateInvocationContextProvider {

    /// The defaults for a test that uses only `@ExtendWith`.
    @ExploreTest
    private @interface Defaults {}

    /// The test method that is explored.
    private record TestBody(ReflectiveInvocationContext<Method> invocation) implements Body, ReflectiveBody {
        @Override
        public Method root() {
            return invocation.getExecutable();
        }

        @Override
        public void run() {
            ReflectionSupport.invokeMethod(
                    root(), invocation.getTarget().orElse(null), invocation.getArguments().toArray());
        }
    }

    /// Creates an extension for any number of tests.
    public ExploreExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return Invocations.areOnlyOurs(context.getRequiredTestMethod());
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        ExploreTest annotation = annotation(context.getRequiredTestMethod());
        return Invocations.single(
                !annotation.replay().isEmpty()
                        ? "schedule " + annotation.replay()
                        : annotation.strategy() == Strategy.EXHAUSTIVE
                                ? "all schedules"
                                : annotation.schedules() + " schedules");
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context) {
        invocation.skip();
        explore(method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context) {
        invocation.skip();
        explore(method, context);
    }

    private static void explore(ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        ExploreTest annotation = annotation(method.getExecutable());
        try {
            Exploration result = run(annotation, new TestBody(method));
            context.publishReportEntry("exploration", result.summary());
        } catch (AssertionError failed) {
            if (failed.getCause() instanceof TestAbortedException failedAssumption) {
                throw failedAssumption;
            }
            throw Invocations.withTest(failed, method.getExecutable());
        }
    }

    private static Exploration run(ExploreTest annotation, Body body) {
        if (!annotation.replay().isEmpty()) {
            Exploration result = Explore.replay(annotation.replay(), body);
            if (!result.notes().isEmpty()) {
                throw new AssertionError(
                        "the replay of " + annotation.replay() + " is not reliable:\n" + result.summary());
            }
            return result;
        }
        Explore explore =
                Explore.schedules(annotation.schedules())
                        .strategy(annotation.strategy())
                        .seed(annotation.seed())
                        .preemptions(annotation.preemptions());
        if (annotation.racy()) {
            explore.racy();
        }
        Exploration result = explore.check(body);
        if (annotation.strategy() == Strategy.EXHAUSTIVE && !result.isComplete()) {
            String why =
                    result.notes().isEmpty()
                            ? "more schedules than the test may run: "
                            : "these were perhaps not all schedules: ";
            throw new AssertionError(why + result.summary());
        }
        return result;
    }

    private static ExploreTest annotation(Method method) {
        return AnnotationSupport.findAnnotation(method, ExploreTest.class)
                .orElseGet(() -> Objects.requireNonNull(Defaults.class.getAnnotation(ExploreTest.class)));
    }
}
