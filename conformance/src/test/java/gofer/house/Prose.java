package gofer.house;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Phrases that make a text hard to read, each with a replacement.
final class Prose {
    /// Code in Markdown: fenced blocks, spans, and the targets of links.
    private static final Pattern CODE = Pattern.compile("^```.*?^```$|`[^`\\n]*`|]\\([^)\\s]*\\)", DOTALL | MULTILINE);

    private record Phrase(Pattern pattern, String better) {}

    /// Phrases that no text should have. A blank matches any white space, including the end of a line.
    private static final List<Phrase> ANYWHERE =
            List.of(
                    phrase("so\\s+many", "as many; this number of"),
                    phrase("for\\s+ever", "forever"),
                    phrase("likewise", "the same; also"),
                    phrase("whoever|whomever|whom", "name it: the goroutine that ..."),
                    phrase("somebody|someone", "name it: a goroutine, another thread"),
                    phrase("nobody|no one", "no goroutine, no thread; or the passive voice"),
                    phrase("anybody|anyone|everybody|everyone", "any thread, all goroutines"),
                    phrase("(by|of|to|for|from|than|with) who", "name it: by the goroutine that ..."),
                    phrase(
                            "(goroutines?|threads?|carriers?|waiters?|senders?|receivers?|classes|those|all|ones?) who",
                            "that"),
                    phrase("whatever means", "any way"),
                    phrase("answers? (with|null|true|false|whether)", "returns"),
                    phrase("(it|which|method|call|function) answers", "returns"),
                    phrase("as to", "about"),
                    phrase("thereof|therein|thereby|whereby|whereupon|wherein|henceforth|hitherto", "two sentences"),
                    phrase("by then|by now", "before that; so far"),
                    phrase("it is that", "that is why"),
                    phrase("(see|sees|seen|saw) to it", "ensure"),
                    phrase("in vain", "without success"),
                    phrase("other than in", "unlike in"),
                    phrase("machine room", "runtime"),
                    phrase("lulls?|heirs?|loot", "pause; inherited; batch"),
                    phrase("hence|whence|lest", "so; so that ... not"),
                    phrase("that which", "what; the one that"),
                    phrase("(is|are|was|were|be) had", "is available"),
                    phrase("(is|are|was|were|be) taken (for(?! \\d)|as an?)", "is treated as"),
                    phrase("as the next (one|two|three|four)", "like the next two"),
                    sentence("Who ", "name it: a goroutine that ..., a program that ..."));

    /// Phrases that only documents must not have. Comments can use them in a precise sense.
    private static final List<Phrase> IN_DOCUMENTS =
            List.of(
                    phrase("(and|or) (the|their|its) like", "and similar ..."),
                    phrase("(call|calls|called) off", "cancel"),
                    phrase("(give|gives|given|gave) back", "release; return"),
                    phrase("(is|are|was|were|be) waited for", "... waits for it"),
                    phrase("(is|are|was|were|be) noted", "is recorded"),
                    phrase("(go|goes|going|gone|went) on(?! (the|a|an|by|to)\\b)", "continue"),
                    phrase("(is|are|was|were) over(?! \\d)", "has ended"),
                    phrase("of (ours|one's own)", "Gofer's; its own"),
                    phrase("(?<!real.)(?<!hello )worlds?", "controlled scheduler"),
                    sentence("Of (any|all|each) ", "begin with the subject"));

    private Prose() {}

    private static Phrase phrase(String words, String better) {
        return new Phrase(Pattern.compile("\\b(" + words.replace(" ", "\\s+") + ")\\b", CASE_INSENSITIVE), better);
    }

    /// Matches a sentence that begins with `words` and is not a question.
    private static Phrase sentence(String words, String better) {
        String begin = "(?:^[\\s*|>#-]*|[.!;:]\\s+|\\x00\\s*)";
        return new Phrase(
                Pattern.compile(begin + "(" + words.replace(" ", "\\s+") + ")(?![^.?!]*\\?)", MULTILINE), better);
    }

    /// Returns the text of a Markdown document. Code is blank.
    static String ofMarkdown(String text) {
        return CODE.matcher(text).replaceAll(code -> code.group().replaceAll("[^\\n]", "\0"));
    }

    /// Returns a line for each phrase that `text` should not have: `name:line: phrase: better`.
    static List<String> faults(String name, String text) {
        var faults = new ArrayList<Fault>();
        var phrases = new ArrayList<>(ANYWHERE);
        if (name.endsWith(".md")) {
            phrases.addAll(IN_DOCUMENTS);
        }
        for (Phrase phrase : phrases) {
            phrase.pattern
                    .matcher(text)
                    .results()
                    .forEach(match -> faults.add(new Fault(match.start(1), describe(text, match, phrase))));
        }
        return faults.stream().sorted().map(match -> name + ":" + match.text).toList();
    }

    private record Fault(int at, String text) implements Comparable<Fault> {
        @Override
        public int compareTo(Fault other) {
            return Integer.compare(at, other.at);
        }
    }

    private static String describe(String text, MatchResult match, Phrase phrase) {
        long line = 1 + text.substring(0, match.start(1)).chars().filter(c -> c == '\n').count();
        String found = match.group(1).strip().replaceAll("[\\s\\x00/*]+", " ");
        return "%d: '%s', better: %s".formatted(line, found, phrase.better);
    }
}
