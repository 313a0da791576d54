package gofer.runtime.goroutine;

import gofer.goroutine.Body;

/// The body of a goroutine of which Gofer handles the end or the failure. Its start captures nothing: it has called
/// [Carriers#capture] for the function of the user that it runs, or it runs none. So the failure of a carrier is handled
/// like a failure of that function.
@FunctionalInterface
public interface CapturedBody extends Body {

    /// Returns a body that runs `body`, which calls the function `wrapped` of the program.
    static CapturedBody of(Object wrapped, CapturedBody body) {
        return new CapturedBody() {
            @Override
            public void run() throws Throwable {
                body.run();
            }

            @Override
            public Object wrapped() {
                return wrapped;
            }
        };
    }
}
