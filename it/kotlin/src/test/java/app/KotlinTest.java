package app;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Channels and selects from Kotlin, and channels together with Kotlin's flows.
class KotlinTest {

    @Test
    void programPrintsTheBestPrice() {
        var out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            PricesKt.main();
        } finally {
            System.setOut(before);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("the best price is 7\n");
    }

    @Test
    void selectInKotlinTakesTheTimeout() {
        assertThat(PricesKt.best(Chan.make(), Duration.ofMillis(1))).isNull();
    }

    @Test
    void documentShowsTheProgram() throws IOException {
        String program = Files.readString(Path.of("src/main/kotlin/app/Prices.kt"));
        String page = Files.readString(Path.of("../../docs/interop.md"));
        String shown = program.substring(program.indexOf("fun main()"));
        assertThat(page).contains("```kotlin\n" + shown + "```\n");
    }

    @Test
    void valuesPassThroughAFlow() {
        List<Integer> values = IntStream.range(0, 10_000).boxed().toList();
        Chan<Integer> source = Chan.make(4);
        Go.go(() -> {
            values.forEach(source::send);
            source.close();
        });
        List<Integer> received = new ArrayList<>();
        try (var ctx = Context.background().withCancel()) {
            RecvChan<Integer> end = FlowsKt.chan(ctx, FlowsKt.flow(source));
            end.forEach(received::add);
        }
        assertThat(received).isEqualTo(values);
    }
}
