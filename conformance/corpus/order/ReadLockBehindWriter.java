// A reader calls a method that locks for reading. It waits forever if a writer waits in between.

import static gofer.Go.*;

import module gofer;

final RWMutex rw = new RWMutex();
int value;

int get() {
    try (var _ = rw.rLock()) {
        return value;
    }
}

int twice() {
    try (var _ = rw.rLock()) {
        return get() + get();
    }
}

void main() {
    var wg = new WaitGroup();
    wg.go(() -> twice());
    wg.go(() -> {
        try (var _ = rw.lock()) {
            value++;
        }
    });
    wg.await();
}
