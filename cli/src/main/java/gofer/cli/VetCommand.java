package gofer.cli;

import gofer.vet.Check;
import gofer.vet.Finding;
import gofer.vet.Severity;
import gofer.vet.Vet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The command `gofer vet`: checks source files without running them.
///
/// @param vet the checks
/// @param json whether to print JSON
/// @param files the source files
record VetCommand(Vet vet, boolean json, List<Path> files) {
    private record Place(Path file, Finding finding) {}

    /// Parses a command line.
    static VetCommand of(CommandLine words) {
        Vet vet = Vet.standard();
        boolean json = false;
        for (String option = words.option(); !option.isEmpty(); option = words.option()) {
            String name = option.replaceFirst("=.*", "");
            switch (name) {
                case "--json" -> json = true;
                case "--only" -> vet = choose(words, option, Vet::only);
                case "--with" -> vet = choose(words, option, vet::with);
                case "--list" -> {
                    list();
                    return new VetCommand(vet, false, List.of());
                }
                default -> throw new UsageException("vet has no option " + option + "; see gofer --help");
            }
        }
        if (!words.hasMore()) throw new UsageException("vet needs a file: gofer vet FILE.java...");
        var files = new ArrayList<Path>();
        do files.add(words.file("vet"));
        while (words.hasMore());
        return new VetCommand(vet, json, files);
    }

    private interface Choice {
        Vet of(List<String> names);
    }

    /// Takes the names of `--only=A,B` or `--only A,B`.
    private static Vet choose(CommandLine words, String option, Choice choice) {
        int end = option.indexOf('=');
        String names = end < 0 ? words.value(option, "names of checks") : option.substring(end + 1);
        try {
            return choice.of(List.of(names.split(",")));
        } catch (IllegalArgumentException unknown) {
            throw new UsageException(unknown.getMessage() + "; gofer vet --list prints all");
        }
    }

    private static void list() {
        for (Check check : Vet.checks()) {
            String severity = check.isEnabled() ? check.severity().toString() : "--with";
            System.out.printf("%-20s %-8s %s%n", check.name(), severity.toLowerCase(Locale.ROOT), check.description());
        }
    }

    /// Checks, prints the findings, and returns the exit status.
    int run() {
        var places = new ArrayList<Place>();
        for (Path file : files) {
            for (Finding finding : Compilation.check(file, vet)) places.add(new Place(file, finding));
        }
        if (json) {
            System.out.println(json(places));
        } else {
            for (Place place : places) {
                System.out.println(line(place.file, place.finding, place.finding.severity()));
                System.out.println("    " + place.finding.hint());
            }
        }
        return places.isEmpty() ? 0 : 1;
    }

    /// Prints errors in a program that is about to run. They do not stop it.
    static void warn(Path file, List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.severity() == Severity.ERROR) System.err.println(line(file, finding, Severity.WARNING));
        }
    }

    private static String line(Path file, Finding finding, Severity severity) {
        return "%s:%d:%d: %s: [%s] %s"
                .formatted(
                        file,
                        finding.line(),
                        finding.column(),
                        severity.toString().toLowerCase(Locale.ROOT),
                        finding.check(),
                        finding.message());
    }

    private static String json(List<Place> places) {
        var text = new StringBuilder("[");
        for (Place place : places) {
            Finding finding = place.finding;
            text.append(text.length() > 1 ? ",\n " : "\n ");
            text.append("{\"file\": ").append(quoted(place.file.toString()));
            text.append(", \"line\": ").append(finding.line()).append(", \"column\": ").append(finding.column());
            text.append(", \"check\": ").append(quoted(finding.check()));
            text.append(", \"severity\": ").append(quoted(finding.severity().toString().toLowerCase(Locale.ROOT)));
            text.append(", \"message\": ").append(quoted(finding.message()));
            text.append(", \"hint\": ").append(quoted(finding.hint())).append('}');
        }
        return text.append(places.isEmpty() ? "]" : "\n]").toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> {
                    if (c < ' ') quoted.append("\\u%04x".formatted((int) c));
                    else quoted.append(c);
                }
            }
        }
        return quoted.append('"').toString();
    }
}
