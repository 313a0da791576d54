/// The program that the tools inspect.
module app {
    requires gofer;

    exports app;
}
