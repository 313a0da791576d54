package gofer.testing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.Shapes;
import shop.Shop;

/// Classes of all kinds get scheduling points, which do not change their behavior.
class PointsOfClassesTest {

    private static final ClassLoader LOADER = PointsOfClassesTest.class.getClassLoader();

    private final List<String> unrewritten = new ArrayList<>();

    private static Stream<Body> faults() {
        return Stream.of(Shapes::countTogether, Shapes::seasonsTogether, Shapes::pairsTogether, Shapes::seenTooEarly);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultsAreFoundInClassesOfAllKinds(Body body) {
        Exploration found = Explore.exhaustively().racy().search(body);
        assertThat(found.faults()).as("%s", found.summary()).hasSize(1);
        assertThat(found.faults().getFirst().message()).contains("expected");
    }

    /// Mocking libraries retransform loaded classes. The JVM refuses this if a method or a flag is lost.
    @Test
    void retransformedClassKeepsMethodsAndFlags() throws IOException {
        byte[] file;
        try (InputStream stream = Objects.requireNonNull(LOADER.getResourceAsStream("shop/Shop.class"))) {
            file = stream.readAllBytes();
        }
        var rewriter = new PointsRewriter(Selection.of(""));
        byte[] loaded = rewriter.transform(LOADER, "shop/Shop", null, null, file);
        byte[] again = rewriter.transform(LOADER, "shop/Shop", Shop.class, null, file);
        assertThat(loaded).isNotNull().isEqualTo(again);
        byte[] late = new PointsRewriter(Selection.of("")).transform(LOADER, "shop/Shop", Shop.class, null, file);
        assertThat(late).isNotNull().isNotEqualTo(loaded); // was loaded without scheduling points
    }

    /// Other threads do not see the fields of an object during its construction.
    @Test
    void objectUnderConstructionIsNotShared() {
        Exploration found = Explore.exhaustively().search(Shapes::createdIndependently);
        assertThat(found.isComplete()).as("%s", found.summary()).isTrue();
        assertThat(found.faults()).isEmpty();
        assertThat(found.schedules()).isLessThan(5);
    }

    /// Only the first schedule initializes the class, but that makes no difference.
    @Test
    void firstUseOfAClassDoesNotDiffer() {
        Exploration found = Explore.exhaustively().search(Shapes::firstUse);
        assertThat(found.faults()).extracting(Fault::text).isEmpty();
        assertThat(found.notes()).isEmpty();
        assertThat(found.isComplete()).isTrue();
    }

    /// Java 1.4 has no stack map frames and no class constants. The `finally` is a subroutine.
    @Test
    void oldClassesGetPoints() throws Throwable {
        ClassDesc self = ClassDesc.of("gofer.testing.agent.Old");
        byte[] old =
                ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                        .build(
                                self,
                                type -> {
                                    type.withVersion(ClassFile.JAVA_4_VERSION, 0)
                                            .withField("n", ConstantDescs.CD_int, ClassFile.ACC_STATIC);
                                    type.withMethodBody(
                                            "next",
                                            MethodTypeDesc.of(ConstantDescs.CD_int),
                                            ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                                            code -> {
                                                Label routine = code.newLabel();
                                                code.with(DiscontinuedInstruction.JsrInstruction.of(routine))
                                                        .getstatic(self, "n", ConstantDescs.CD_int)
                                                        .ireturn()
                                                        .labelBinding(routine)
                                                        .astore(0)
                                                        .getstatic(self, "n", ConstantDescs.CD_int)
                                                        .iconst_1()
                                                        .iadd()
                                                        .putstatic(self, "n", ConstantDescs.CD_int)
                                                        .with(DiscontinuedInstruction.RetInstruction.of(0));
                                            });
                                });
        byte[] rewritten = Objects.requireNonNull(Points.of(LOADER, unrewritten::add).rewrite(old, false));
        assertThat(new String(rewritten, StandardCharsets.ISO_8859_1)).contains("WRITE n");
        Class<?> loaded = MethodHandles.lookup().defineClass(rewritten);
        assertThat(loaded.getMethod("next").invoke(null)).isEqualTo(1);
    }

    @Test
    void tooLongMethodIsNotRewritten() {
        ClassDesc self = ClassDesc.of("gofer.testing.agent.Long");
        byte[] file =
                ClassFile.of()
                        .build(
                                self,
                                type -> {
                                    type.withField("n", ConstantDescs.CD_int, ClassFile.ACC_STATIC);
                                    for (int length : new int[] {1, 9000}) {
                                        type.withMethodBody(
                                                "set" + length,
                                                ConstantDescs.MTD_void,
                                                ClassFile.ACC_STATIC,
                                                code -> {
                                                    for (int i = 0; i < length; i++)
                                                        code.iconst_0().putstatic(self, "n", ConstantDescs.CD_int);
                                                    code.return_();
                                                });
                                    }
                                });
        byte[] rewritten = Objects.requireNonNull(Points.of(LOADER, unrewritten::add).rewrite(file, false));
        assertThat(ClassFile.of().verify(rewritten)).isEmpty();
        assertThat(unrewritten).containsExactly("gofer.testing.agent.Long.set9000, which is too long");
        assertThat(ClassFile.of().parse(rewritten).methods().get(1).code().orElseThrow().elementList())
                .hasSameSizeAs(ClassFile.of().parse(file).methods().get(1).code().orElseThrow().elementList());
    }

    /// Calls with arguments of all sizes grow most. No method grows beyond the computed length, and the verifier accepts all.
    @Test
    void computedLengthIsSufficient() {
        ClassDesc self = ClassDesc.of("gofer.testing.agent.Arguing");
        ClassDesc object = ConstantDescs.CD_Object;
        MethodTypeDesc concat =
                MethodTypeDesc.of(
                        ConstantDescs.CD_String,
                        object,
                        ConstantDescs.CD_long,
                        object,
                        object,
                        ConstantDescs.CD_int,
                        object);
        var bootstrap =
                ConstantDescs.ofCallsiteBootstrap(
                        ClassDesc.of("java.lang.invoke.StringConcatFactory"), "makeConcat", ConstantDescs.CD_CallSite);
        for (int calls : new int[] {1, 100, 250, 500, 1000}) {
            byte[] file =
                    ClassFile.of()
                            .build(
                                    self,
                                    type ->
                                            type.withMethodBody(
                                                    "texts",
                                                    MethodTypeDesc.of(ConstantDescs.CD_void, object),
                                                    ClassFile.ACC_STATIC,
                                                    code -> {
                                                        for (int i = 0; i < calls; i++) {
                                                            code.aload(0)
                                                                    .lconst_1()
                                                                    .aload(0)
                                                                    .aload(0)
                                                                    .iconst_0()
                                                                    .aload(0);
                                                            code.invokedynamic(
                                                                            DynamicCallSiteDesc.of(
                                                                                    bootstrap, "text", concat))
                                                                    .pop();
                                                        }
                                                        code.return_();
                                                    }));
            byte[] with = Points.of(LOADER, unrewritten::add).rewrite(file, false);
            if (with != null) {
                assertThat(ClassFile.of().verify(with)).isEmpty();
            }
            assertThat(with == null).isEqualTo(!unrewritten.isEmpty());
        }
        assertThat(unrewritten).contains("gofer.testing.agent.Arguing.texts, which is too long");
    }

    @Test
    void classesWithoutAccessesAreUnchanged() {
        byte[] file =
                ClassFile.of()
                        .build(
                                ClassDesc.of("Empty"),
                                type ->
                                        type.withMethodBody(
                                                "nothing",
                                                ConstantDescs.MTD_void,
                                                ClassFile.ACC_STATIC,
                                                code -> code.return_()));
        assertThat(Points.of(LOADER, unrewritten::add).rewrite(file, false)).isNull();
    }

    /// Thousands of real classes pass the verifier afterwards.
    @Test
    void wholeLibraryIsRewritten() throws Exception {
        Path jar = Path.of(Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var verifier =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(LOADER)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        Points points = Points.of(LOADER, unrewritten::add);
        int rewritten = 0;
        try (var classes = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(classes.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF")) {
                    byte[] before = classes.getInputStream(entry).readAllBytes();
                    byte[] after = points.rewrite(before, false);
                    if (after != null && verifier.verify(before).isEmpty()) {
                        assertThat(verifier.verify(after)).as(entry.getName()).isEmpty();
                        rewritten++;
                    }
                }
            }
        }
        assertThat(unrewritten).isEmpty();
        assertThat(rewritten).isGreaterThan(100);
    }
}
