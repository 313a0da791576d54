package gofer.testing.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The options of the agent, which select the classes that it rewrites.
///
/// By default, these classes get scheduling points. With `points=off`, all classes stay as they are. With `race`, the race
/// detector rewrites them, and they get no scheduling points.
///
/// `include=` and `exclude=` have patterns, separated by `;`: `com.acme.**` is that package and the packages below, `com.acme.*` is
/// that package alone, `com.acme.Shop` is a class with its nested classes. `scope=com.acme` is short for
/// `include=com.acme.**;com.acme`. Excluded classes are not rewritten. If there is an `include=`, only included classes are
/// rewritten. Otherwise all classes are, except those of [#TOOLS]. The JDK and Gofer never are.
public record Selection(Mode mode, List<String> include, List<String> exclude) {

    /// What the agent does with the selected classes.
    enum Mode {
        POINTS,
        RACES,
        OFF
    }

    /// Prefixes of the names of classes that are never rewritten.
    private static final List<String> NEVER = List.of("java.", "jdk.", "sun.", "com.sun.", "gofer.");

    /// Test frameworks, build tools, IDEs, logging, and the libraries of other languages.
    static final List<String> TOOLS =
            List.of(
                    "ch.qos.logback.",
                    "com.intellij.",
                    "groovy.",
                    "groovyjarjarasm.",
                    "io.qameta.allure.",
                    "javax.",
                    "junit.",
                    "kotlin.",
                    "net.bytebuddy.",
                    "net.jqwik.",
                    "org.apache.commons.logging.",
                    "org.apache.groovy.",
                    "org.apache.log4j.",
                    "org.apache.logging.",
                    "org.apache.maven.",
                    "org.apiguardian.",
                    "org.assertj.",
                    "org.codehaus.groovy.",
                    "org.codehaus.plexus.",
                    "org.eclipse.jdt.",
                    "org.gradle.",
                    "org.hamcrest.",
                    "org.jacoco.",
                    "org.jboss.logging.",
                    "org.jspecify.",
                    "org.junit.",
                    "org.mockito.",
                    "org.netbeans.",
                    "org.objenesis.",
                    "org.opentest4j.",
                    "org.slf4j.",
                    "org.testng.",
                    "scala.",
                    "worker.org.gradle.");

    /// Parses the options. Throws [IllegalArgumentException] with a description of an invalid option.
    static Selection of(String options) {
        Mode mode = Mode.POINTS;
        List<String> include = new ArrayList<>();
        List<String> exclude = new ArrayList<>();
        for (String option : options.isBlank() ? new String[0] : options.split(",")) {
            int equal = option.indexOf('=');
            String name = equal < 0 ? option.strip() : option.substring(0, equal).strip();
            String value = equal < 0 ? "" : option.substring(equal + 1).strip();
            switch (name) {
                case "points" -> mode = isOn(value) ? Mode.POINTS : Mode.OFF;
                case "race" -> mode = races(value);
                case "scope" -> patterns(name, value).forEach(each -> include.addAll(List.of(each, each + ".**")));
                case "include" -> include.addAll(patterns(name, value));
                case "exclude" -> exclude.addAll(patterns(name, value));
                default ->
                        throw new IllegalArgumentException(
                                "the agent has no option '"
                                        + name
                                        + "'; its options are include, exclude, points, race and scope");
            }
        }
        return new Selection(mode, List.copyOf(include), List.copyOf(exclude));
    }

    private static boolean isOn(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("points must be on or off, not '" + value + "'");
        };
    }

    private static Mode races(String value) {
        if (!value.isEmpty()) {
            throw new IllegalArgumentException("race has no value, such as '" + value + "'");
        }
        return Mode.RACES;
    }

    private static List<String> patterns(String option, String value) {
        List<String> patterns = Stream.of(value.split(";")).map(String::strip).toList();
        for (String pattern : patterns) {
            if (!pattern.matches("\\*\\*|[\\w$]+(\\.[\\w$]+)*(\\.\\*\\*?)?")) {
                throw new IllegalArgumentException(
                        option
                                + " has '"
                                + pattern
                                + "', which is not a pattern such as com.acme.**, com.acme.* or com.acme.Shop");
            }
        }
        return patterns;
    }

    /// Returns whether the classes get scheduling points.
    boolean hasPoints() {
        return mode == Mode.POINTS;
    }

    /// Returns whether the race detector runs.
    boolean findsRaces() {
        return mode == Mode.RACES;
    }

    /// Returns whether the class with this internal or binary name is rewritten.
    boolean selects(String className) {
        String name = className.replace('/', '.');
        if (mode == Mode.OFF
                || startsWithAny(NEVER, name)
                || exclude.stream().anyMatch(pattern -> matches(pattern, name))) {
            return false;
        }
        return include.isEmpty()
                ? !startsWithAny(TOOLS, name)
                : include.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /// Returns whether `include` or `exclude` can leave out classes of the program.
    public boolean isLimited() {
        return !include.isEmpty() || !exclude.isEmpty();
    }

    /// Returns whether a class belongs to the JDK, to Gofer, or to the tools around a test.
    public static boolean isTool(String name) {
        return startsWithAny(NEVER, name) || startsWithAny(TOOLS, name);
    }

    private static boolean startsWithAny(List<String> beginnings, String name) {
        return beginnings.stream().anyMatch(name::startsWith);
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.equals("**")) {
            return true;
        }
        if (pattern.endsWith(".**")) {
            return name.startsWith(pattern.substring(0, pattern.length() - 2));
        }
        if (pattern.endsWith(".*")) {
            String inside = pattern.substring(0, pattern.length() - 1);
            return name.startsWith(inside) && name.indexOf('.', inside.length()) < 0;
        }
        return name.equals(pattern) || name.startsWith(pattern + "$");
    }
}
