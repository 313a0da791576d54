package gofer.testing.junit;

import gofer.testing.Bubble;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/// An extension that runs the body of each test method in a new bubble. Code that runs before and after each test runs outside
/// of the bubble. `@ExtendWith` on a class applies it to all tests of the class.
public final class BubbleExtension implements InvocationInterceptor, TestTemplateInvocationContextProvider {

    /// Creates an extension for any number of tests.
    public BubbleExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return Invocations.areOnlyOurs(context.getRequiredTestMethod());
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Invocations.single("in a bubble");
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Exception {
        run(invocation, method.getExecutable());
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Exception {
        run(invocation, method.getExecutable());
    }

    private static void run(Invocation<@Nullable Void> invocation, Method test) throws Exception {
        try {
            Bubble.run(invocation::proceed);
        } catch (AssertionError failed) {
            if (failed.getCause() instanceof TestAbortedException failedAssumption) {
                throw failedAssumption;
            }
            throw Invocations.withTest(failed, test);
        }
    }
}
