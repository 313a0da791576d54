/// The names of JSpecify's annotations, so that `./gofer` compiles without that library.
module org.jspecify {
    exports org.jspecify.annotations;
}
