// The action does not call itself.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var once = new Once();
    go(() -> once.run(() -> {}));
}
