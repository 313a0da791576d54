// Goroutines, and a wait group that waits for them.

import module gofer;

void main() {
    // @start region="goroutines"
    var wg = new WaitGroup();
    for (var name : List.of("alice", "bob", "carol")) wg.go(() -> IO.println("hello " + name));
    wg.await();
    // @end
}
