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

/// How often a method with one of our annotations is invoked: once, unless another of its annotations decides that, as
/// `@ParameterizedTest` and `@RepeatedTest` do. That is why ours are test templates: a `@Test` beside `@ParameterizedTest` or
/// `@RepeatedTest` would be a test of its own.
final class Invocations {

    private static final Set<AnnotatedElement> OURS = Set.of(BubbleTest.class, ExploreTest.class);

    private Invocations() {}

    /// Returns whether only our annotations make `method` a test template.
    static boolean areOurs(AnnotatedElement method) {
        return areOurs(method, new HashSet<>());
    }

    private static boolean areOurs(AnnotatedElement element, Set<Class<?>> seen) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            boolean another =
                    type == TestTemplate.class ? !OURS.contains(element) : seen.add(type) && !areOurs(type, seen);
            if (another) {
                return false;
            }
        }
        return true;
    }

    /// Returns the same failure with the test on its stack. JUnit may call a test from another thread than the one that finds
    /// the failure; then the stack is replaced by the test method.
    static AssertionError of(AssertionError failed, Method test) {
        boolean isThere =
                Arrays.stream(failed.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(test.getDeclaringClass().getName()));
        if (!isThere) {
            var place = new StackTraceElement(test.getDeclaringClass().getName(), test.getName(), null, -1);
            failed.setStackTrace(new StackTraceElement[] {place});
        }
        return failed;
    }

    /// Returns a single invocation.
    static Stream<TestTemplateInvocationContext> one(String name) {
        return Stream.of(
                new TestTemplateInvocationContext() {
                    @Override
                    public String getDisplayName(int index) {
                        return name;
                    }
                });
    }
}
