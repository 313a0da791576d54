package gofer.race.rewrite;

import java.lang.classfile.MethodModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tests and the methods that prepare them, by their annotations. Such a method fails if there is a race while it runs.
final class TestMethods {

    private static final Set<String> ANNOTATIONS =
            Set.of(
                    "gofer/testing/junit/BubbleTest",
                    "gofer/testing/junit/ExploreTest",
                    "org/junit/After",
                    "org/junit/AfterClass",
                    "org/junit/Before",
                    "org/junit/BeforeClass",
                    "org/junit/Test",
                    "org/junit/jupiter/api/AfterAll",
                    "org/junit/jupiter/api/AfterEach",
                    "org/junit/jupiter/api/BeforeAll",
                    "org/junit/jupiter/api/BeforeEach",
                    "org/junit/jupiter/api/RepeatedTest",
                    "org/junit/jupiter/api/Test",
                    "org/junit/jupiter/api/TestFactory",
                    "org/junit/jupiter/api/TestTemplate",
                    "org/junit/jupiter/params/ParameterizedTest",
                    "org/testng/annotations/Test");

    private TestMethods() {}

    /// Returns whether the method has one of these annotations, or one that has it.
    static boolean contains(MethodModel method, ClassFiles files) {
        return containAny(ClassFiles.annotations(method), files, new HashSet<>());
    }

    private static boolean containAny(List<String> annotations, ClassFiles files, Set<String> seen) {
        for (String each : annotations) {
            if (ANNOTATIONS.contains(each)
                    || !Jdk.contains(each) && seen.add(each) && containAny(files.of(each).annotations(), files, seen)) {
                return true;
            }
        }
        return false;
    }
}
