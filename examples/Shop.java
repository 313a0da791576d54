// A shop with bugs, to try Gofer's tools on. docs/diagnostics.md shows what they find. The clerks wait for
// one till. Of two offers, one is never received. The goroutine that carries goods up and the one that carries
// goods down wait for each other's floor.
// The argument is the number of seconds for which the shop is open: 60 by default.

import static gofer.Go.*;

import module gofer;

Chan<Integer> orders = Chan.named("orders", 8);
Mutex till = new Mutex();
Mutex cellar = new Mutex();
Mutex attic = new Mutex();

void main(String[] args) {
    IO.println("open, as process " + ProcessHandle.current().pid());
    go(
            "customers",
            () -> {
                for (int order = 1; ; order++) orders.send(order);
            });
    for (int i = 0; i < 3; i++) {
        go(
                "clerk",
                () -> {
                    for (int order : orders) ring(order);
                });
    }
    bestOffer();
    stairs();
    // the office has threads that are not goroutines, and one waits inside a monitor
    office();
    sleep(Duration.ofSeconds(args.length == 0 ? 60 : Integer.parseInt(args[0])));
    IO.println("closed");
}

void ring(int order) {
    try (var _ = till.lock()) {
        sleep(Duration.ofMillis(100));
    }
}

String bestOffer() {
    Chan<String> offers = Chan.make();
    go("supplier", () -> offers.send("9.99"));
    go("supplier", () -> offers.send("9.98"));
    return offers.recv();
}

void carry(Mutex from, Mutex to, Runnable meet) {
    try (var _ = from.lock()) {
        meet.run();
        try (var _ = to.lock()) {
            IO.println("carried");
        }
    }
}

void stairs() {
    Chan<Boolean> meeting = Chan.make();
    go("up", () -> carry(cellar, attic, () -> meeting.send(true)));
    go("down", () -> carry(attic, cellar, () -> meeting.recv()));
}

void office() {
    Chan<String> receipts = Chan.make();
    Chan<Boolean> seated = Chan.make();
    Object ledger = new Object();
    Thread.ofPlatform().daemon().name("http-1").start(() -> receipts.recv());
    go("bookkeeper", () -> copy(ledger, seated, receipts));
    seated.recv();
    go("auditor", () -> audit(ledger));
}

void copy(Object ledger, Chan<Boolean> seated, Chan<String> receipts) {
    synchronized (ledger) {
        seated.send(true);
        receipts.recv();
    }
}

void audit(Object ledger) {
    synchronized (ledger) {
        IO.println("audited");
    }
}
