/// Checks of programs that use Gofer, for the compiler and for `gofer vet`.
///
/// The module needs only the JDK. It recognizes Gofer's API by qualified names, so it also works as a plugin of javac, which
/// loads it from the processor path without Gofer.
@org.jspecify.annotations.NullMarked
module gofer.vet {
    requires transitive jdk.compiler;
    requires static org.jspecify;

    exports gofer.vet;

    provides com.sun.source.util.Plugin with
            gofer.vet.GoferVet;
}
