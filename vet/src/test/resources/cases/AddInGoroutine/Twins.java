// Twins of golang.org/x/tools/go/analysis/passes/waitgroup.
import static gofer.Go.*;

import module gofer;

// waitgroup f
void f() {
    var wg = new WaitGroup();
    wg.add(1); // ok: before
    go(() -> {
        wg.add(1); // want AddInGoroutine
        wg.add(1); // ok: reported once for each goroutine
    });
    wg.add(1); // ok: outside
}

void main() {}
