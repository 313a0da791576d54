package gofer.testing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

class PremainTest {

    @Test
    void olderJavaCanLoadTheClassThatStartsTheAgent() throws Exception {
        try (InputStream file = Objects.requireNonNull(Premain.class.getResourceAsStream("Premain.class"))) {
            assertThat(ClassFile.of().parse(file.readAllBytes()).majorVersion()).isEqualTo(ClassFile.JAVA_11_VERSION);
        }
    }

    @Test
    void manifestNamesIt() throws Exception {
        try (InputStream file = Files.newInputStream(Path.of("src/main/agent.mf"))) {
            Attributes attributes = new Manifest(file).getMainAttributes();
            assertThat(attributes.getValue("Premain-Class")).isEqualTo(Premain.class.getName());
        }
    }

    @Test
    void olderJavaIsRefusedWithASentence() {
        assertThat(Premain.refusal(17, "17.0.15"))
                .isEqualTo("gofer: the agent needs Java 25 or newer, but this is Java 17.0.15");
        assertThat(Premain.refusal(25, "25")).isEmpty();
    }
}
