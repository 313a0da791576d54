package gofer.conformance.interop;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/// Runs the compatibility kit of Reactive Streams, which is written for TestNG, as tests of JUnit.
///
/// A test that the kit skips is reported as skipped. That must be expected: the kit has no test for a rule (its method
/// is then called `untested_...`), or a reason is given here. A test with such a reason that is not skipped fails.
final class Kit {

    private static final long PATIENCE_MILLIS = 1_000; // for an expected signal; only on a slow machine it takes long
    private static final long SILENCE_MILLIS = 50; // in which a signal that must not come would be noticed

    private Kit() {}

    /// Returns the environment for a verification. The kit's own patience is too short for a busy machine.
    static TestEnvironment environment() {
        return new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS);
    }

    /// Returns one test for each test of a verification.
    ///
    /// @param make makes a new verification for each test
    /// @param skipped the reason why each of these tests is skipped
    static Stream<DynamicTest> tests(Supplier<?> make, Map<String, String> skipped) {
        return Stream.of(make.get().getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(make.get(), method, skipped)));
    }

    private static void run(Object verification, Method test, Map<String, String> skipped) throws Throwable {
        String name = test.getName();
        boolean untested = name.startsWith("untested_");
        callAll(verification, BeforeClass.class);
        try {
            callAll(verification, BeforeMethod.class);
            call(verification, test);
        } catch (SkipException skip) {
            if (untested) abort("the kit has no test for this rule");
            if (skipped.containsKey(name)) abort(Objects.requireNonNull(skipped.get(name)));
            throw new AssertionError("skipped without a reason: " + skip.getMessage(), skip);
        } finally {
            callAll(verification, AfterClass.class);
        }
        if (untested || skipped.containsKey(name)) fail("was not skipped");
    }

    private static void callAll(Object verification, Class<? extends Annotation> kind) throws Throwable {
        for (Method method : verification.getClass().getMethods()) {
            if (method.isAnnotationPresent(kind)) call(verification, method);
        }
    }

    private static void call(Object verification, Method method) throws Throwable {
        try {
            method.invoke(verification);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
