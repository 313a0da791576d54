// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

volatile boolean ready;

void join(WaitGroup wg) {
    wg.await();
}

record Server(boolean primary) {}

void latch(List<Integer> all) throws Exception {
    var list = new ArrayList<Integer>();
    for (int n : all) {
        var latch = new CountDownLatch(1);
        go(() -> {
            list.add(n); // ok: one after the other
            latch.countDown();
        });
        latch.await();
    }
}

void thread(List<Integer> all) throws Exception {
    var list = new ArrayList<Integer>();
    for (int n : all) {
        Goroutine g = go(() -> list.add(n)); // ok: one after the other
        g.thread().join();
    }
}

void joined(List<Integer> all) {
    var list = new ArrayList<Integer>();
    for (int n : all) {
        var wg = new WaitGroup();
        wg.go(() -> list.add(n)); // ok: one after the other
        join(wg);
    }
}

void limited(List<Integer> all) throws Exception {
    var list = new ArrayList<Integer>();
    var group = new ErrGroup().limit(1);
    for (int n : all) group.go(() -> list.add(n)); // ok: one after the other
    group.await();
}

void limitedLater(List<Integer> all) throws Exception {
    var list = new ArrayList<Integer>();
    var group = new ErrGroup();
    group.limit(1);
    for (int n : all) group.go(() -> list.add(n)); // ok: one after the other
    group.await();
}

void onlyOne(List<Server> servers) {
    var list = new ArrayList<Server>();
    var wg = new WaitGroup();
    for (var s : servers) {
        if (s.primary()) {
            wg.go(() -> list.add(s)); // ok: one goroutine
            break;
        }
    }
    wg.await();
}

void returns(List<Server> servers) {
    var list = new ArrayList<Server>();
    for (var s : servers) {
        if (s.primary()) {
            go(() -> list.add(s)); // ok: one goroutine
            return;
        }
    }
}

void first(List<Server> servers) {
    var list = new ArrayList<Server>();
    boolean first = true;
    for (var s : servers) {
        if (first) {
            go(() -> list.add(s)); // ok: one goroutine
            first = false;
        }
    }
}

void oneRound() {
    var list = new ArrayList<Integer>();
    for (int i = 0; i < 1; i++) go(() -> list.add(1)); // ok: one goroutine
}

void flag() {
    var list = new ArrayList<Integer>();
    go(() -> {
        list.add(1);
        ready = true;
    });
    while (!ready) {}
    IO.println(list.size()); // ok: it is done
}

void flagWithOnSpinWait() {
    var list = new ArrayList<Integer>();
    go(() -> {
        list.add(1);
        ready = true;
    });
    while (!ready) Thread.onSpinWait();
    IO.println(list.size()); // ok: it is done
}

void checkedFlag() {
    var list = new ArrayList<Integer>();
    go(() -> {
        list.add(1);
        ready = true;
    });
    if (ready) IO.println(list.size()); // ok: it is done
}

void main() {}
