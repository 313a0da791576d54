/// The names of JSpecify's annotations, so that `./gofer` can compile without that library.
module org.jspecify {
    exports org.jspecify.annotations;
}
