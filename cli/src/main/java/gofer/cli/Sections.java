package gofer.cli;

import gofer.runtime.base.Json;
import java.util.List;
import java.util.stream.Collectors;

/// The format for the answers of several copies of Gofer in one process.
final class Sections {
    private Sections() {}

    /// Returns the complete answers, each below a line with the name of its copy.
    static String text(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.kind == Answer.Kind.COMPLETE)
                .map(answer -> "=== " + answer.name + " ===\n" + answer.text())
                .collect(Collectors.joining("\n"));
    }

    /// Returns a JSON object with a member for each copy: its dump, or an error message.
    static String json(List<Answer> answers) {
        return answers.stream().map(Sections::member).collect(Collectors.joining(",\n", "{\"copies\": [\n", "\n]}\n"));
    }

    private static String member(Answer answer) {
        String rest =
                answer.kind == Answer.Kind.COMPLETE
                        ? "\"dump\": " + answer.text().strip()
                        : "\"error\": " + Json.of(answer.text());
        return "{\"loader\": " + Json.of(answer.name) + ", " + rest + "}";
    }
}
