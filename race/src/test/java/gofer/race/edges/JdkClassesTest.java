package gofer.race.edges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Rewrites class files of the JDK on which the tests run.
final class JdkClassesTest {

    private static final ClassFile FILE =
            ClassFile.of(
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(
                                    type -> Object.class.getResourceAsStream("/" + name(type) + ".class"))));

    private final JdkClasses rewriter = new JdkClasses();

    private static String name(java.lang.constant.ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    @Test
    void allRewrittenClassesAreValid() throws IOException {
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (String name : names()) {
            byte[] original = file(name);
            byte[] rewritten = rewriter.transform(null, name, null, null, original);
            if (rewritten != null) {
                count++;
                FILE.verify(rewritten).forEach(error -> broken.add(name + ": " + error.getMessage()));
                assertThat(members(rewritten)).as(name).isEqualTo(members(original));
            }
        }
        assertThat(broken).isEmpty();
        assertThat(rewriter.failure()).isNull();
        assertThat(count).isGreaterThan(300);
    }

    private static List<String> names() throws IOException {
        try (ModuleReader base = ModuleFinder.ofSystem().find("java.base").orElseThrow().open();
                var names = base.list()) {
            return names.filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }

    private static byte[] file(String name) throws IOException {
        try (var file = Object.class.getResourceAsStream("/" + name + ".class")) {
            return file.readAllBytes();
        }
    }

    private static List<String> members(byte[] file) {
        ClassModel type = FILE.parse(file);
        List<String> members = new ArrayList<>();
        type.fields().forEach(field -> members.add(field.fieldName().stringValue()));
        type.methods().forEach(method -> members.add(method.methodName().stringValue() + method.methodType()));
        return members;
    }

    @Test
    void allFieldsOfTheRulesExist() throws IOException {
        for (String type : ConcurrentRules.namedTypes()) {
            List<String> fields = new ArrayList<>();
            FILE.parse(file(type))
                    .fields()
                    .forEach(field -> fields.add(field.fieldName().stringValue().toLowerCase(Locale.ROOT)));
            assertThat(fields).as(type).containsAll(ConcurrentRules.namedFields(type));
        }
    }

    @Test
    void allHookedMethodsExist() throws IOException {
        List<String> methods = new ArrayList<>();
        for (String type : JdkHooks.types()) {
            for (MethodModel method : FILE.parse(file(type)).methods()) {
                methods.add(type + '.' + method.methodName().stringValue() + method.methodType().stringValue());
            }
        }
        assertThat(methods).containsAll(JdkHooks.methods());
    }

    @Test
    void noHookAcquiresParking() throws IOException {
        String name = "java/util/concurrent/locks/LockSupport";
        assertThat(rewriter.transform(null, name, null, null, file(name))).isNull();
    }

    @Test
    void countersOfMapsHaveNoHooks() throws IOException {
        String name = "java/util/concurrent/ConcurrentHashMap";
        assertThat(hooks(name, "addCount")).isEmpty();
        assertThat(hooks(name, "sumCount")).isEmpty();
        assertThat(hooks(name, "casTabAt")).containsExactly("releaseAt", "acquireAt");
        assertThat(hooks(name, "tabAt")).containsExactly("acquireAt");
        assertThat(hooks(name, "setTabAt")).containsExactly("releaseAt");
    }

    private List<String> hooks(String type, String method) throws IOException {
        byte[] rewritten = rewriter.transform(null, type, null, null, file(type));
        return FILE.parse(rewritten).methods().stream()
                .filter(one -> one.methodName().equalsString(method))
                .flatMap(one -> one.code().orElseThrow().elementStream())
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .filter(
                        call ->
                                call.owner().asInternalName().equals("java/lang/GoferRace")
                                        || call.owner().asInternalName().equals("gofer/race/edges/JdkEdges"))
                .map(call -> call.name().stringValue())
                .toList();
    }

    @Test
    void constructorsReleaseOnlyAtomicObjects() throws IOException {
        assertThat(hooks("java/util/concurrent/ConcurrentHashMap$Node", "<init>")).isEmpty();
        assertThat(hooks("java/util/concurrent/atomic/AtomicInteger", "<init>")).containsExactly("release");
    }

    @Test
    void plainOperationsOfAtomicClassesOrderNothing() throws IOException {
        String name = "java/util/concurrent/atomic/AtomicInteger";
        assertThat(hooks(name, "getPlain")).isEmpty();
        assertThat(hooks(name, "setOpaque")).isEmpty();
        assertThat(hooks(name, "weakCompareAndSetPlain")).isEmpty();
        assertThat(hooks(name, "lazySet")).containsExactly("releaseAt");
        assertThat(hooks(name, "getAcquire")).containsExactly("acquireAt");
        assertThat(hooks(name, "getAndIncrement")).containsExactly("releaseAt", "acquireAt");
    }
}
