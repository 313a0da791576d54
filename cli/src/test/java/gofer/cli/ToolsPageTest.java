package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.Clone.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands of `docs/diagnostics.md` print what the page shows.
@Timeout(600) // it may build the launcher
final class ToolsPageTest {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir private static Path folder;

    /// @param language the language of the code; empty for output
    private record Block(String language, List<String> lines) {}

    private final Clone clone = new Clone(root());

    private static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    @Test
    void eachCommandPrintsWhatIsShown() throws Exception {
        assertThat(clone.gofer("version").status()).isZero();
        var shop = clone.start("run", "examples/Shop.java", "600");
        try {
            String pid = shop.process().inputReader().readLine().replaceFirst(".* ", "");
            List<Block> blocks = blocks();
            for (int i = 0; i < blocks.size() - 1; i++) {
                if (blocks.get(i).language().equals("sh")) check(pid, blocks.get(i), blocks.get(i + 1));
            }
            assertThat(folder.resolve("block.pb.gz")).isNotEmptyFile();
            assertThat(folder.resolve("shop.jfr")).isNotEmptyFile();
        } finally {
            shop.process().destroy();
        }
    }

    private static List<Block> blocks() throws Exception {
        String page = Files.readString(root().resolve("docs/diagnostics.md"));
        var blocks = new ArrayList<Block>();
        BLOCK.matcher(page).results().forEach(m -> blocks.add(new Block(m.group(1), m.group(2).lines().toList())));
        return blocks;
    }

    private void check(String pid, Block commands, Block shown) throws Exception {
        List<String> missing = missing(pid, commands, shown);
        for (int again = 0; !missing.isEmpty() && again < 5; again++) { // a goroutine may just have been running
            missing = missing(pid, commands, shown);
        }
        assertThat(missing).as("%s", commands.lines()).isEmpty();
    }

    /// Returns the lines of `shown` that are not printed.
    private List<String> missing(String pid, Block commands, Block shown) throws Exception {
        var printed = new ArrayList<String>();
        for (String command : commands.lines()) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            assertThat(words.removeFirst()).isEqualTo("./gofer");
            words.replaceAll(word -> word.equals("PID") ? pid : word);
            words.replaceAll(word -> word.contains(".") ? folder.resolve(word).toString() : word);
            Outcome outcome = clone.gofer(words.toArray(String[]::new));
            assertThat(outcome.err()).as(command).isEmpty();
            assertThat(outcome.status()).as(command).isZero();
            outcome.out().lines().forEach(printed::add);
        }
        if (commands.lines().getLast().contains(" -o ")) return List.of(); // the rest is for other tools
        return shown.lines().stream().filter(line -> printed.stream().noneMatch(fits(line))).toList();
    }

    private static Predicate<String> fits(String line) {
        return Arrays.stream(line.split(Pattern.quote("..."), -1))
                .map(Pattern::quote)
                .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile))
                .asMatchPredicate();
    }
}
