package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `api/gofer.txt` is the API that users depend on. It must change only on purpose.
final class SurfaceTest {
    private static final Path FILE = Library.ROOT.resolve("api/gofer.txt");

    @Test
    void exportedApiMatchesTheFile() throws IOException {
        List<String> now = Surface.of(Library.exportedTypes());
        if (System.getProperty("api", "").equals("write")) Files.write(FILE, now);
        List<String> written = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
        assertThat(difference(written, now))
                .as(
                        """
                        The exported API does not match api/gofer.txt. If the change is intended, write the file:
                        mvn -q -pl conformance -am test -Dtest=SurfaceTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi=write
                        """)
                .isEmpty();
    }

    /// The compiler requires callers to use the result of each method, unless the method is marked.
    @Test
    void resultsMustBeUsedUnlessMarked() {
        assertThat(Library.exportedTypes())
                .filteredOn(type -> !type.isRecord() && !type.isEnum() && !Throwable.class.isAssignableFrom(type))
                .filteredOn(type -> Stream.of(type.getDeclaredMethods()).anyMatch(SurfaceTest::hasResult))
                .hasSizeGreaterThan(20)
                .allMatch(type -> type.getNestHost().isAnnotationPresent(CheckReturnValue.class));
    }

    private static boolean hasResult(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && !method.getName().equals("toString")
                && method.getReturnType() != void.class;
    }

    @Test
    void differenceShowsRemovedAndAddedSymbols() {
        assertThat(difference(List.of("a", "b", "d"), List.of("a", "c", "d"))).containsExactly("- b", "+ c");
    }

    @SuppressWarnings("unused")
    public abstract static class Sample<T extends Number & Serializable> extends ArrayList<T> implements Runnable {
        private static final long serialVersionUID = 1;
        protected static final int LIMIT = 1;

        protected Sample(int size, String... names) throws IOException {}

        public <U> Map<T, ? extends List<U>> map(@Nullable U first, T[] second) {
            throw new UnsupportedOperationException();
        }

        void hidden() {}
    }

    public sealed interface Shape<A> permits Dot {
        @CanIgnoreReturnValue
        A area();

        static void draw() {}

        default @Nullable String name() {
            return null;
        }
    }

    public enum Mark {
        X
    }

    @SuppressWarnings({"ProtectedMembersInFinalClass", "unused"})
    public record Dot<A>(A area) implements Shape<A> {
        protected void hidden() {}
    }

    @Test
    void eachSymbolIsALineWithItsFullType() {
        String here = "gofer.house.SurfaceTest.";
        assertThat(Surface.of(List.of(Sample.class, Shape.class, Dot.class, Mark.class)))
                .containsExactly(
                        here + "Dot: A area()",
                        here + "Dot: new(A)",
                        here + "Dot: record Dot<A> implements SurfaceTest.Shape<A>",
                        here + "Mark: enum Mark",
                        here + "Mark: static final SurfaceTest.Mark X",
                        here + "Sample: <U> Map<T, ? extends List<U>> map(@Nullable U, T[])",
                        here
                                + "Sample: abstract static class Sample<T extends Number & Serializable>"
                                + " extends ArrayList<T> implements Runnable",
                        here + "Sample: protected new(int, String...) throws IOException",
                        here + "Sample: protected static final int LIMIT",
                        here + "Shape: A area() @CanIgnoreReturnValue",
                        here + "Shape: default @Nullable String name()",
                        here + "Shape: sealed interface Shape<A> permits Dot",
                        here + "Shape: static void draw()");
    }

    private static List<String> difference(List<String> before, List<String> after) {
        var lines = new ArrayList<String>();
        before.stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("- " + line));
        after.stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("+ " + line));
        return lines;
    }
}
