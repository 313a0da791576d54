// Two budgets are taken in different orders: all files and then memory, or all memory and then a file.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Boolean> stuck = Chan.make(1);
    try (var _ = Deadlocks.watch(_ -> stuck.trySend(true))) {
        work();
        stuck.recv();
        IO.println("the rest runs on");
    }
}

Weighted memory = new Weighted(4);
Weighted files = new Weighted(2);

void work() {
    for (int i = 0; i < 10; i++) {
        try (var _ = memory.acquire(2);
                var _ = files.acquire(1)) {
            Thread.onSpinWait();
        }
    }
    Chan<Boolean> meet = Chan.make();
    go(
            "reader",
            () -> {
                try (var _ = files.acquire(2)) {
                    meet.send(true);
                    memory.acquire(1).close();
                }
            });
    go(
            "buffer",
            () -> {
                try (var _ = memory.acquire(4)) {
                    meet.recv();
                    files.acquire(1).close();
                }
            });
}
