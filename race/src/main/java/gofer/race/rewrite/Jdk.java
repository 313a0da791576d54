package gofer.race.rewrite;

import java.util.List;

/// The types of the JDK, by internal name.
final class Jdk {

    private static final List<String> PACKAGES = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/");

    private Jdk() {}

    /// Returns whether `type` belongs to the JDK.
    static boolean contains(String type) {
        for (String beginning : PACKAGES) {
            if (type.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
