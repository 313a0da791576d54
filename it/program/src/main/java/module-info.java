/// The program that the tools look at.
module app {
    requires gofer;

    exports app;
}
