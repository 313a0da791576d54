// The lock is released on every path.

import static gofer.Go.*;

import module gofer;

void main() throws Exception {
    Leaks.assertNone(this::serve);
    IO.println("ok");
}

void serve() {
    var mu = new Mutex();
    find(mu, "");
    go(() -> find(mu, "x"));
}

static int find(Mutex mu, String key) {
    try (var _ = mu.lock()) {
        if (key.isEmpty()) return -1;
        return key.length();
    }
}
