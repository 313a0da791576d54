package gofer.runtime.base;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.watch.Dump;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FramesTest {

    /// Otherwise a class of Gofer would appear in reports as if it belonged to the program.
    @Test
    void everyClassOfTheLibraryIsHidden() throws IOException, URISyntaxException {
        Path classes = Path.of(Frames.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(
                            files.map(file -> classes.relativize(file).toString())
                                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                                    .map(name ->
                                            name.replaceFirst("\\.class$", "").replace('/', '.').replace('\\', '.')))
                    .contains("gofer.Go", "gofer.chan.flavor.TimerChan", "gofer.runtime.base.Frames")
                    .allMatch(Frames::isInner);
        }
        assertThat(Frames.isInner("gofer.group.ErrGroup$$Lambda/0x0000000012345678")).isTrue();
        assertThat(Frames.isInner("gofer.cli.LoadedProgram$$Lambda/0x0000000012345678")).isTrue();
        assertThat(Frames.isInner("gofer.spring.LifecycleGroup$Member")).isTrue();
    }

    /// On the class path, a program may have classes in packages of the same names, as this test has.
    @Test
    void otherClassesInTheSamePackagesAreNotHidden() {
        assertThat(Frames.isInner(FramesTest.class.getName())).isFalse();
        assertThat(Frames.isInner(((Runnable) () -> {}).getClass().getName())).isFalse();
        assertThat(Frames.isInner("gofer.runtime.OfAnotherLoader")).isFalse();
        assertThat(Frames.isInner("gofer.NoSuchClass")).isFalse();
        assertThat(Frames.isInner("gofer.cli.Another")).isFalse();
        assertThat(Frames.isInner("gofer.spring.LifecycleGroupTest")).isFalse();
        assertThat(Frames.isInner("gofer.conformance.Anything")).isFalse();
        assertThat(Frames.isInner("Main")).isFalse();
    }

    /// A report about a test in such a package shows where the test started its goroutines.
    @Test
    void otherClassesInTheSamePackagesAreShown() {
        G g = Goroutines.start("", () -> {});
        assertThat(g.origin().site().getMethodName()).isEqualTo("otherClassesInTheSamePackagesAreShown");
        assertThat(Dump.withCaller())
                .contains("\tat gofer.runtime.base.FramesTest.otherClassesInTheSamePackagesAreShown(FramesTest.java:");
    }
}
