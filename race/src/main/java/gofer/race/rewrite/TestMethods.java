package gofer.race.rewrite;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.util.List;
import java.util.Set;

/// Tests and the methods that prepare them, by their annotations. Such a method fails if there is a race while it runs.
final class TestMethods {

    private static final Set<String> ANNOTATIONS =
            Set.of(
                    "Lorg/junit/After;",
                    "Lorg/junit/AfterClass;",
                    "Lorg/junit/Before;",
                    "Lorg/junit/BeforeClass;",
                    "Lorg/junit/Test;",
                    "Lorg/junit/jupiter/api/AfterAll;",
                    "Lorg/junit/jupiter/api/AfterEach;",
                    "Lorg/junit/jupiter/api/BeforeAll;",
                    "Lorg/junit/jupiter/api/BeforeEach;",
                    "Lorg/junit/jupiter/api/RepeatedTest;",
                    "Lorg/junit/jupiter/api/Test;",
                    "Lorg/junit/jupiter/api/TestFactory;",
                    "Lorg/junit/jupiter/api/TestTemplate;",
                    "Lorg/junit/jupiter/params/ParameterizedTest;",
                    "Lorg/testng/annotations/Test;");

    private TestMethods() {}

    static boolean contains(MethodModel method) {
        List<Annotation> annotations =
                method.findAttribute(Attributes.runtimeVisibleAnnotations())
                        .map(RuntimeVisibleAnnotationsAttribute::annotations)
                        .orElse(List.of());
        return annotations.stream().anyMatch(each -> ANNOTATIONS.contains(each.className().stringValue()));
    }
}
