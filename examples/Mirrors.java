// Fetches a file from three mirrors at the same time and takes the first answer.
//
// The first result cancels the other fetches, and `await` returns after they have ended, so no goroutine is left
// behind.
// A mirror that fails cancels nothing: another one may still answer. A timeout bounds the whole attempt. If no mirror
// answers, `await` throws the first failure, and `failures` has them all.

import module gofer;

import static gofer.Go.*;

record Mirror(String name, Duration delay, boolean up) {}

void main() throws Exception {
    var fast = new Mirror("fast", Duration.ofMillis(20), true);
    var slow = new Mirror("slow", Duration.ofHours(1), true);
    var down = new Mirror("down", Duration.ZERO, false);
    IO.println(fetchFirst(List.of(slow, down, fast)));
    try {
        IO.println(fetchFirst(List.of(down, slow)));
    } catch (IOException e) {
        IO.println("no mirror answered; first failure: " + e.getMessage());
    }
}

String fetchFirst(List<Mirror> mirrors) throws Exception {
    try (var ctx = Context.background().withTimeout(Duration.ofSeconds(1))) {
        var group = FirstResult.<String>withContext(ctx);
        for (var mirror : mirrors) group.go(mirror.name(), own -> fetch(own, mirror));
        try {
            return group.await();
        } finally {
            IO.println(mirrors.size() + " fetches ended, " + group.failures().size() + " without an answer");
        }
    }
}

/// Stands for a request over the network.
String fetch(Context ctx, Mirror mirror) throws IOException {
    if (!mirror.up) throw new IOException(mirror.name + " is down");
    after(mirror.delay).recv(ctx);
    return "page from " + mirror.name;
}
