package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// docs/jdk-internals.md lists each internal of the JDK that the library uses.
final class InternalsPageTest {
    private static final Pattern CLASS_OR_PACKAGE = Pattern.compile("[a-z]+(\\.[a-z]+)+(\\.[A-Z][\\w$]*)?");
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z]\\w*");

    @Test
    void pageListsAllInternalsInUse() throws IOException {
        String page = Files.readString(Library.ROOT.resolve("docs/jdk-internals.md"));
        Set<String> used = internals();
        assertThat(used).contains("jdk.internal.vm.Continuation", "java.lang.VirtualThread", "runContinuation");
        assertThat(used).filteredOn(name -> !page.contains(name)).isEmpty();
    }

    private static Set<String> internals() {
        var names = new TreeSet<String>();
        for (byte[] file : Library.classFiles()) {
            ClassModel type = ClassFile.of().parse(file);
            classes(type).filter(InternalsPageTest::isInternal).forEach(names::add);
            if (reflects(type)) {
                strings(type).filter(InternalsPageTest::isName).forEach(names::add);
            }
        }
        return names;
    }

    private static Stream<String> classes(ClassModel type) {
        return entries(type)
                .filter(ClassEntry.class::isInstance)
                .map(entry -> ((ClassEntry) entry).asInternalName().replace('/', '.'));
    }

    private static Stream<String> strings(ClassModel type) {
        return entries(type).filter(StringEntry.class::isInstance).map(entry -> ((StringEntry) entry).stringValue());
    }

    private static Stream<PoolEntry> entries(ClassModel type) {
        return StreamSupport.stream(type.constantPool().spliterator(), false);
    }

    private static boolean isInternal(String name) {
        return name.startsWith("jdk.internal.") || name.startsWith("sun.");
    }

    /// Returns whether the class uses reflection for names that it cannot use directly.
    private static boolean reflects(ClassModel type) {
        return entries(type)
                .anyMatch(entry ->
                        entry instanceof MemberRefEntry member && member.name().equalsString("privateLookupIn"));
    }

    private static boolean isName(String text) {
        return MEMBER.matcher(text).matches() || CLASS_OR_PACKAGE.matcher(text).matches() && !isPublic(text);
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, null).getModifiers()) && !isInternal(name);
        } catch (ClassNotFoundException aPackage) {
            return false;
        }
    }
}
