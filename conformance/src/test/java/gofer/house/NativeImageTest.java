package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// In a native image of GraalVM, a program can look up only the classes and members that a file in its jars lists.
final class NativeImageTest {
    private static final String FILE =
            "core/src/main/resources/META-INF/native-image/gofer/gofer/reachability-metadata.json";

    private static final Pattern TYPE = Pattern.compile("\"type\": \"([^\"]+)\"");
    private static final Pattern METHOD =
            Pattern.compile("\"name\": \"(\\w+)\",\\s+\"parameterTypes\": \\[([^\\]]*)\\]");
    private static final Pattern FIELD = Pattern.compile("\\{\"name\": \"(\\w+)\"\\}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*|[a-z]+(\\.[a-z]+)+\\.[A-Z][\\w$]*");

    /// The classes that not each JVM has: one of the race detector, one of newer JDKs, and one for each system.
    private static final Set<String> NOT_IN_EACH_JVM =
            Set.of(
                    "java.lang.GoferRace",
                    "java.util.concurrent.ForkJoinTask$AdaptedRunnableAction",
                    "sun.nio.ch.LinuxAsynchronousChannelProvider");

    /// The methods that look up a class or a member by its name.
    private static final Set<String> LOOK_UPS =
            Set.of(
                    "forName",
                    "findClass",
                    "findStatic",
                    "findVirtual",
                    "findConstructor",
                    "findGetter",
                    "findSetter",
                    "findVarHandle",
                    "findStaticVarHandle",
                    "getDeclaredMethod",
                    "getDeclaredField",
                    "getDeclaredConstructor");

    /// The strings in classes with look-ups that are only compared, or are parts of names. `Frames` looks up names from
    /// stacks.
    private static final Map<String, Set<String>> OTHER_STRINGS =
            Map.of(
                    "gofer/runtime/base/JdkIdle", Set.of("pending", "Count", "pendingTCPConnectionCount"),
                    "gofer/runtime/base/JvmSignal", Set.of("SIG"),
                    "gofer/runtime/watch/ThreadSnapshots",
                            Set.of(
                                    "java.lang.Object",
                                    "wait",
                                    "jdk.internal.misc.CarrierThread",
                                    "startTransition")); // among all methods of VirtualThread

    private static final String FRAMES = "gofer/runtime/base/Frames";

    @Test
    void eachEntryExists() throws Exception {
        for (String entry : entries()) {
            String name = entry.substring(0, entry.indexOf('"'));
            if (NOT_IN_EACH_JVM.contains(name)) continue;
            Class<?> type = Class.forName(name, false, getClass().getClassLoader());
            for (MatchResult method : METHOD.matcher(entry).results().toList()) {
                assertThat(type.getDeclaredMethods())
                        .as("%s of %s", method.group(1), name)
                        .anyMatch(m ->
                                m.getName().equals(method.group(1))
                                        && parameters(method.group(2)).equals(parameters(m.getParameterTypes())));
            }
            for (MatchResult field : FIELD.matcher(entry).results().toList()) {
                assertThat(type.getDeclaredField(field.group(1))).isNotNull();
            }
        }
    }

    private static List<String> entries() throws IOException {
        String text = Files.readString(Library.ROOT.resolve(FILE));
        assertThat(TYPE.matcher(text).results().map(type -> type.group(1)))
                .hasSizeGreaterThan(20)
                .doesNotHaveDuplicates();
        return Stream.of(text.split("\"type\": \"")).skip(1).toList();
    }

    private static List<String> parameters(String list) {
        return Stream.of(list.split(","))
                .map(name -> name.replace("\"", "").strip())
                .filter(n -> !n.isEmpty())
                .toList();
    }

    private static List<String> parameters(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).toList();
    }

    @Test
    void eachNameThatIsLookedUpIsListed() throws IOException {
        String text = Files.readString(Library.ROOT.resolve(FILE));
        Set<String> names = lookedUp();
        assertThat(names).contains("nanoTime", "java.lang.VirtualThread", "runContinuation", "objTable");
        assertThat(names).filteredOn(name -> !text.contains('"' + name + '"')).isEmpty();
    }

    private static Set<String> lookedUp() {
        var names = new TreeSet<String>();
        for (byte[] file : Library.classFiles()) {
            ClassModel type = ClassFile.of().parse(file);
            String name = type.thisClass().asInternalName();
            if (looksUp(type) && !name.equals(FRAMES)) {
                strings(type)
                        .filter(text -> NAME.matcher(text).matches())
                        .filter(text -> !OTHER_STRINGS.getOrDefault(name, Set.of()).contains(text))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static boolean looksUp(ClassModel type) {
        return StreamSupport.stream(type.constantPool().spliterator(), false)
                .anyMatch(entry ->
                        entry instanceof MemberRefEntry member && LOOK_UPS.contains(member.name().stringValue()));
    }

    private static Stream<String> strings(ClassModel type) {
        return StreamSupport.stream(type.constantPool().spliterator(), false)
                .filter(StringEntry.class::isInstance)
                .map(entry -> ((StringEntry) entry).stringValue());
    }
}
