package gofer.testing.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/// The invocations of a method with one of Gofer's annotations. There is one, unless the method also has an annotation such as
/// `@ParameterizedTest` or `@RepeatedTest`. That is why Gofer's annotations are test templates: a `@Test` next to
/// `@ParameterizedTest` would be a test of its own.
final class Invocations {

    private static final Set<AnnotatedElement> OURS = Set.of(BubbleTest.class, ExploreTest.class);

    private Invocations() {}

    /// Returns whether only Gofer's annotations make `method` a test template.
    static boolean areOnlyOurs(AnnotatedElement method) {
        return areOnlyOurs(method, new HashSet<>());
    }

    private static boolean areOnlyOurs(AnnotatedElement element, Set<Class<?>> seen) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            boolean isFromOthers =
                    type == TestTemplate.class ? !OURS.contains(element) : seen.add(type) && !areOnlyOurs(type, seen);
            if (isFromOthers) {
                return false;
            }
        }
        return true;
    }

    /// Returns the same failure with the test on its stack. If the failure was created on another thread, replaces its stack by
    /// the test method.
    static AssertionError withTest(AssertionError failed, Method test) {
        boolean isOnStack =
                Arrays.stream(failed.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(test.getDeclaringClass().getName()));
        if (!isOnStack) {
            var frame = new StackTraceElement(test.getDeclaringClass().getName(), test.getName(), null, -1);
            failed.setStackTrace(new StackTraceElement[] {frame});
        }
        return failed;
    }

    /// Returns a single invocation.
    static Stream<TestTemplateInvocationContext> single(String name) {
        return Stream.of(
                new TestTemplateInvocationContext() {
                    @Override
                    public String getDisplayName(int index) {
                        return name;
                    }
                });
    }
}
