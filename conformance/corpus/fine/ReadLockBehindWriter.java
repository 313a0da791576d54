// The reader locks once.

import static gofer.Go.*;

import module gofer;

final RWMutex rw = new RWMutex();
int value;

int twice() {
    try (var _ = rw.rLock()) {
        return value + value;
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
    IO.println("ok");
}
