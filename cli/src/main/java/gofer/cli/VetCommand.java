package gofer.cli;

import gofer.runtime.base.Json;
import gofer.vet.Check;
import gofer.vet.Finding;
import gofer.vet.Severity;
import gofer.vet.Vet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The command `gofer vet`: checks source files without running them.
///
/// @param vet the checks
/// @param json whether to print JSON
/// @param files the source files
record VetCommand(Vet vet, boolean json, List<Path> files) {
    private record Place(Path file, Finding finding) {}

    /// Parses a command line.
    static VetCommand of(CommandLine words) {
        var only = new ArrayList<String>();
        var with = new ArrayList<String>();
        var flags = new TreeSet<String>();
        for (String option = words.option(); !option.isEmpty(); option = words.option()) {
            String name = option.replaceFirst("=.*", "");
            switch (name) {
                case "--json", "--list" -> {
                    if (!option.equals(name)) throw new UsageException(name + " has no value");
                    flags.add(name);
                }
                case "--only" -> only.addAll(checks(words, option));
                case "--with" -> with.addAll(checks(words, option));
                default -> throw new UsageException("vet has no option " + option + "; see gofer --help");
            }
        }
        Vet vet = (only.isEmpty() ? Vet.standard() : Vet.only(only)).with(with);
        if (flags.contains("--list")) {
            if (words.hasMore()) throw new UsageException("vet --list prints all checks, and reads no file");
            list();
            return new VetCommand(vet, false, List.of());
        }
        return new VetCommand(vet, flags.contains("--json"), files(words));
    }

    /// Takes the names of `--only=A,B` or `--only A,B`.
    private static List<String> checks(CommandLine words, String option) {
        int end = option.indexOf('=');
        String list = end < 0 ? words.value(option, "names of checks") : option.substring(end + 1);
        if (list.isBlank()) throw new UsageException(option.replaceFirst("=.*", "") + " needs names of checks");
        try {
            List<String> names = Vet.names(list);
            Vet.only(names); // throws if a name is unknown
            return names;
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(wrong.getMessage() + "; gofer vet --list prints all");
        }
    }

    /// Takes the source files, each only once.
    private static List<Path> files(CommandLine words) {
        if (!words.hasMore()) throw new UsageException("vet needs a file: gofer vet FILE.java...");
        var files = new LinkedHashMap<Path, Path>(); // by real path
        while (words.hasMore()) {
            String option = words.option();
            if (!option.isEmpty())
                throw new UsageException(
                        "option " + option + " must come before the files: gofer vet " + option + " FILE.java...");
            Path file = words.file("vet");
            try {
                files.putIfAbsent(file.toRealPath(), file);
            } catch (IOException e) {
                throw new UsageException("cannot read " + file + ": " + e.getMessage());
            }
        }
        return List.copyOf(files.values());
    }

    private static void list() {
        for (Check check : Vet.checks()) {
            String severity = check.isEnabled() ? name(check.severity()) : "--with";
            System.out.printf("%-20s %-8s %s%n", check.name(), severity, check.description());
        }
    }

    /// Checks the files, prints the findings and the errors of files that do not compile, and returns the exit status.
    int run() {
        var places = new ArrayList<Place>();
        var errors = new LinkedHashSet<String>(); // two files may refer to the same broken file
        for (Path file : files) {
            try {
                for (Finding finding : Compilation.check(file, vet)) places.add(new Place(file, finding));
            } catch (BadSourceException e) {
                errors.add(e.getMessage());
            }
        }
        if (json) {
            System.out.println(json(places));
        } else {
            for (Place place : places) {
                System.out.println(line(place.file, place.finding, place.finding.severity()));
                System.out.println("    " + place.finding.hint());
            }
        }
        errors.forEach(System.err::print);
        return places.isEmpty() && errors.isEmpty() ? 0 : 1;
    }

    /// Prints errors in a program that is about to run. They do not stop it.
    static void warn(Path file, List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.severity() == Severity.ERROR) System.err.println(line(file, finding, Severity.WARNING));
        }
    }

    private static String line(Path file, Finding finding, Severity severity) {
        return "%s:%d:%d: %s: [%s] %s"
                .formatted(file, finding.line(), finding.column(), name(severity), finding.check(), finding.message());
    }

    private static String json(List<Place> places) {
        return places.isEmpty()
                ? "[]"
                : places.stream().map(VetCommand::json).collect(Collectors.joining(",\n ", "[\n ", "\n]"));
    }

    private static String json(Place place) {
        Finding finding = place.finding;
        var members = new LinkedHashMap<String, Object>();
        members.put("file", place.file.toString());
        members.put("line", finding.line());
        members.put("column", finding.column());
        members.put("check", finding.check());
        members.put("severity", name(finding.severity()));
        members.put("message", finding.message());
        members.put("hint", finding.hint());
        return Json.of(members);
    }

    private static String name(Severity severity) {
        return severity.toString().toLowerCase(Locale.ROOT);
    }
}
