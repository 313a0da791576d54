// Three goroutines, and a wait group that waits for them. Their lines come in any order.

import module gofer;

void main() {
    var wg = new WaitGroup();
    for (var name : List.of("alice", "bob", "carol")) {
        wg.go(() -> IO.println("hello " + name));
    }
    wg.await();
}
