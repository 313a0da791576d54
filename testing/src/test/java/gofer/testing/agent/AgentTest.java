package gofer.testing.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentTest {

    private static final MethodTypeDesc LONG = MethodTypeDesc.of(ConstantDescs.CD_long);

    /// The maximum count of a constant pool.
    private static final int FULL = 0xFFFF;

    /// Returns a class whose method calls `owner.method`, with `texts` unused constants.
    private static byte[] caller(String owner, String method, int texts) {
        return ClassFile.of()
                .build(
                        ClassDesc.of("Caller"),
                        type -> {
                            type.constantPool().longEntry(1L << 40);
                            type.constantPool().doubleEntry(0.5);
                            IntStream.range(0, texts).forEach(i -> type.constantPool().utf8Entry("text " + i));
                            type.withMethodBody(
                                    "time",
                                    LONG,
                                    ClassFile.ACC_STATIC,
                                    code -> code.invokestatic(ClassDesc.of(owner), method, LONG).lreturn());
                        });
    }

    private static List<String> callees(byte[] classFile) {
        CodeModel code = ClassFile.of().parse(classFile).methods().getFirst().code().orElseThrow();
        return code.elementStream()
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .map(call -> call.owner().asInternalName() + '.' + call.name())
                .toList();
    }

    @Test
    void callsAreRedirectedToTheClock() {
        byte[] redirected = Objects.requireNonNull(TimeCalls.redirected(caller("java.lang.System", "nanoTime", 10)));
        assertThat(callees(redirected)).containsExactly("java/lang/GoferClock.nanoTime");
        assertThat(ClassFile.of().verify(redirected)).isEmpty();
    }

    @Test
    void classesThatReadNoClockAreUnchanged() {
        assertThat(TimeCalls.redirected(caller("java.lang.System", "lineSeparator", 10))).isNull();
        assertThat(TimeCalls.redirected(caller("com.example.Ticker", "nanoTime", 10))).isNull();
    }

    @Test
    void classWithAFullConstantPoolIsRefused() {
        int size = ClassFile.of().parse(caller("java.lang.System", "nanoTime", 0)).constantPool().size();
        byte[] full = caller("java.lang.System", "nanoTime", FULL - size);
        assertThatThrownBy(() -> TimeCalls.redirected(full)).hasMessage("its constant pool is full");
        byte[] nearly = caller("java.lang.System", "nanoTime", FULL - size - 2);
        assertThat(TimeCalls.redirected(nearly)).isNotNull();
    }

    /// The second agent finds that the class of the clock already exists.
    @Test
    void failureIsReportedAndTheProgramRuns() throws Exception {
        String agent = "-javaagent:" + Path.of("target/agent.jar").toAbsolutePath();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                agent,
                                agent,
                                "-cp",
                                System.getProperty("java.class.path"),
                                ReadsClocks.class.getName())
                        .redirectErrorStream(true)
                        .start();
        try (var output = process.inputReader()) {
            assertThat(output.readAllLines())
                    .hasSize(2)
                    .anyMatch(line ->
                            line.startsWith(
                                    "gofer: sleeps and timeouts of plain Java will follow the real clock, and"
                                            + " explorations will have no scheduling points in plain Java: "))
                    .contains("still here");
        }
        assertThat(process.waitFor()).isZero();
    }

    static final class ReadsClocks {
        public static void main(String[] args) {
            if (System.nanoTime() != System.currentTimeMillis()) System.out.println("still here");
        }
    }
}
