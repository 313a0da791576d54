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

/// How often a method with one of our annotations is invoked: once, unless another of its annotations sees to that, as
/// `@ParameterizedTest` and `@RepeatedTest` do. That is why ours are test templates: a `@Test` beside those would be a test of
/// its own.
final class Invocations {

    private static final Set<AnnotatedElement> OURS = Set.of(BubbleTest.class, ExploreTest.class);

    private Invocations() {}

    /// Whether nothing else on `method` makes it a test template.
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

    /// The same failure. JUnit calls a test from where it is not on the stack of who finds the failure: then it is put there.
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

    /// The only one.
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
