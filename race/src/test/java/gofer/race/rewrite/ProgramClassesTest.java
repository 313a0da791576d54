package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.race.rewrite.ProgramClasses.Unrewritten;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramClassesTest {

    private static final String SIMPLE =
            """
            class Main {
                static int total;
                static Object run() { return total++; }
            }
            """;

    @Test
    void aClassThatWasLoadedBeforeStaysAsItIs() {
        byte[] file = file(SIMPLE);
        var rewriter = new ProgramClasses(_ -> true, RecordedHooks.detector());
        assertThat(transform(rewriter, "Main", Object.class, file)).isNull();
        assertThat(transform(rewriter, "Main", null, file)).isNotNull();
    }

    @Test
    void aRewrittenClassGetsTheSameMembersAgain() {
        byte[] file =
                file(
                        """
                        class Main implements java.io.Serializable {
                            int total;
                            volatile int state;
                            void pause() throws InterruptedException { wait(); }
                            java.util.function.IntSupplier size(java.util.List<String> list) { return list::size; }
                        }
                        """);
        var rewriter = new ProgramClasses(_ -> true, RecordedHooks.detector());
        List<String> members = members(transform(rewriter, "Main", null, file));
        assertThat(members).contains("gofer$w$total", "gofer$read$total", "gofer$wait", "gofer$call$0");
        assertThat(members(transform(rewriter, "Main", Object.class, file))).isEqualTo(members);
    }

    @Test
    void aClassOutsideTheScopeStaysAsItIs() {
        var rewriter = new ProgramClasses(name -> name.equals("com.acme.Shop"), RecordedHooks.detector());
        assertThat(transform(rewriter, "Main", null, file(SIMPLE))).isNull();
    }

    @Test
    void aClassThatNeedsNoHooksStaysAsItIs() {
        var rewriter = new ProgramClasses(_ -> true, RecordedHooks.detector());
        assertThat(transform(rewriter, "Main", null, file("class Main { int one() { return 1; } }"))).isNull();
    }

    @Test
    void aBrokenClassIsListed() {
        var rewriter = new ProgramClasses(_ -> true, RecordedHooks.detector());
        assertThat(transform(rewriter, "com/acme/Shop", null, new byte[] {1, 2, 3})).isNull();
        assertThat(rewriter.unrewritten()).extracting(Unrewritten::name).containsExactly("com.acme.Shop");
    }

    @ParameterizedTest
    @ValueSource(ints = {1800, 3000}) // longer than the jumps of a method can be, and than a method can be
    void aMethodThatWouldBecomeTooLongHasOnlyItsEdges(int count) throws Exception {
        String statements =
                IntStream.range(0, count).mapToObj(i -> "total += all[" + i % 3 + "];").collect(Collectors.joining());
        var program =
                Rewritten.of(
                        """
                        class Main {
                            static int total;
                            static volatile int state;
                            static int[] all = {1, 2, 3};
                            static int count(int[] all) { STATEMENTS return state; }
                            static Object run() { count(all); return total; }
                        }
                        """
                                .replace("STATEMENTS", statements));
        var run = program.load("Main").getDeclaredMethod("run");
        run.setAccessible(true);
        List<String> log =
                RecordedHooks.during(() -> {
                    try {
                        assertThat(run.invoke(null)).isEqualTo(2 * count);
                    } catch (ReflectiveOperationException wrong) {
                        throw new LinkageError("Main.run", wrong);
                    }
                });
        assertThat(log).contains("acquireField Main.state static tracked(Main)").hasSizeLessThan(10);
        assertThat(program.rewriter().unrewritten())
                .containsExactly(new Unrewritten("Main.count", "the method is too long for the hooks of its accesses"));
    }

    @Test
    void aHugeMethodStaysAsItIs() {
        String statements = "total += 1; ".repeat(5000);
        var program =
                Rewritten.of(
                        "class Main { int total; int run() { STATEMENTS return 0; } }"
                                .replace("STATEMENTS", statements));
        assertThat(program.load("Main").getDeclaredMethods()).hasSize(3);
        assertThat(program.rewriter().unrewritten())
                .containsExactly(new Unrewritten("Main.run", "the method is too long"));
    }

    @Test
    void oldClassFilesAreRewritten() {
        Map<String, byte[]> classes =
                Compiled.of(
                        """
                        class Table { static int size; static { size = Integer.parseInt("3"); } }
                        class Main {
                            int total;
                            static synchronized int size() throws InterruptedException {
                                return Table.size;
                            }
                            synchronized void pause() throws InterruptedException { wait(1); }
                            static Object run() throws InterruptedException {
                                new Main().pause();
                                new Main().total++;
                                return new Integer(size());
                            }
                        }
                        """,
                        "--release",
                        "8",
                        "-Xlint:-options");
        Map<String, byte[]> old = new HashMap<>();
        classes.forEach((name, file) -> old.put(name, withVersion(file, ClassFile.JAVA_1_VERSION + 3)));
        assertThat(Rewritten.of(old, _ -> true).run())
                .containsExactly(
                        "acquire Main",
                        "release Main",
                        "acquire Main",
                        "release Main",
                        "readField Main.total @10",
                        "writeField Main.total @10",
                        "acquire class Main",
                        "enterInitializer",
                        "exitInitializer Table",
                        "readField Table.size static(Table) @5",
                        "release class Main");
    }

    private static byte[] withVersion(byte[] file, int major) {
        ClassFile context = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
        return context.transformClass(
                context.parse(file),
                (builder, element) -> {
                    if (element instanceof ClassFileVersion) {
                        builder.withVersion(major, 0);
                    } else {
                        builder.with(element);
                    }
                });
    }

    private static byte[] file(String source) {
        return Objects.requireNonNull(Compiled.of(source).get("Main"));
    }

    private static byte @Nullable [] transform(
            ProgramClasses rewriter, String name, @Nullable Class<?> loaded, byte[] file) {
        return rewriter.transform(ProgramClassesTest.class.getClassLoader(), name, loaded, null, file);
    }

    private static List<String> members(byte @Nullable [] file) {
        var type = ClassFile.of().parse(Objects.requireNonNull(file));
        List<String> names = new ArrayList<>();
        type.fields().forEach(field -> names.add(field.fieldName().stringValue()));
        type.methods().forEach(method -> names.add(method.methodName().stringValue()));
        return names;
    }
}
