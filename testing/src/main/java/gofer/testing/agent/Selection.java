package gofer.testing.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The options of the agent, which select the classes that get scheduling points.
///
/// `points=off` leaves all classes as they are. `include=` and `exclude=` have patterns, separated by `;`: `com.acme.**` is
/// that package and the packages below, `com.acme.*` is that package alone, `com.acme.Shop` is a class with its nested classes.
/// Excluded classes get no scheduling points. If there is an `include=`, only included classes get them. Otherwise all classes
/// do, except those of [#TOOLS]. The JDK and Gofer never get them.
public record Selection(boolean isOn, List<String> include, List<String> exclude) {

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
        boolean on = true;
        List<String> include = new ArrayList<>();
        List<String> exclude = new ArrayList<>();
        for (String option : options.isBlank() ? new String[0] : options.split(",")) {
            int equal = option.indexOf('=');
            String name = equal < 0 ? option.strip() : option.substring(0, equal).strip();
            String value = equal < 0 ? "" : option.substring(equal + 1).strip();
            switch (name) {
                case "points" -> on = isOn(value);
                case "include" -> include.addAll(patterns(name, value));
                case "exclude" -> exclude.addAll(patterns(name, value));
                default ->
                        throw new IllegalArgumentException(
                                "the agent has no option '" + name + "'; its options are include, exclude and points");
            }
        }
        return new Selection(on, List.copyOf(include), List.copyOf(exclude));
    }

    private static boolean isOn(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("points must be on or off, not '" + value + "'");
        };
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

    /// Returns whether the class with this internal name gets scheduling points.
    boolean selects(String internalName) {
        String name = internalName.replace('/', '.');
        if (!isOn || startsWithAny(NEVER, name) || exclude.stream().anyMatch(pattern -> matches(pattern, name))) {
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
