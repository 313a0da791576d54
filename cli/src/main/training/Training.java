// The program that trains the JVM's cache when the launcher is built. The cache keeps classes and branch profiles.
// This program uses a little of everything that a program may use, often enough that the JVM counts it as hot. So the
// JVM compiles a program well within the first second. When many goroutines sleep for the first time, they need not
// return to the interpreter.

import static gofer.Go.*;

import module gofer;

static final int N = 200_000;

void main() throws Exception {
    IO.println("trained: " + (pingPong() + stream(0) + stream(16) + selects() + ring() + crowds() + tasks()));
}

int pingPong() {
    Chan<Integer> requests = Chan.make();
    Chan<Integer> back = Chan.make();
    go(() -> {
        for (int i : requests) back.send(i);
        back.close();
    });
    int same = 0;
    for (int i = 0; i < N; i++) {
        requests.send(i);
        if (back.recv() == i) same++;
    }
    requests.close();
    return same;
}

int stream(int capacity) {
    Chan<Integer> values = Chan.make(capacity);
    var senders = new WaitGroup();
    for (int s = 0; s < 100; s++) {
        senders.go(() -> {
            for (int i = 0; i < N / 100; i++) values.send(i);
        });
    }
    go(() -> {
        senders.await();
        values.close();
    });
    int count = 0;
    for (int _ : values) count++;
    return count;
}

int selects() {
    Chan<Integer> left = Chan.make();
    Chan<Integer> right = Chan.make(16);
    var end = Alarm.in(Duration.ofHours(1));
    go(() -> {
        for (int i = 0; i < N / 4; i++) left.send(i);
        left.close();
    });
    go(() -> {
        for (int i = 0; i < N / 4; i++) right.send(i);
        right.close();
    });
    int count = 0;
    boolean leftOpen = true;
    boolean rightOpen = true;
    while (leftOpen || rightOpen) {
        switch (select(left.when(leftOpen), right.when(rightOpen), end.c())) {
            case First(Value(_)) -> count++;
            case First(Closed()) -> leftOpen = false;
            case Second(Value(_)) -> count++;
            case Second(Closed()) -> rightOpen = false;
            case Third(_) -> throw new AssertionError("an hour is over");
        }
    }
    end.stop();
    return count;
}

/// All goroutines sleep before the first wakes.
int ring() {
    int size = N / 20;
    Chan<Integer> first = Chan.make();
    Chan<Integer> result = Chan.make(1);
    Chan<Integer> in = first;
    for (int i = 1; i <= size; i++) {
        Chan<Integer> from = in;
        Chan<Integer> to = i == size ? first : Chan.make();
        go(() -> {
            for (int token : from) {
                if (token == 2 * size) {
                    result.send(token);
                } else {
                    to.send(token + 1);
                }
            }
        });
        in = to;
    }
    first.send(0);
    return result.recv();
}

/// All goroutines wait, and are then released. Repeats this with each kind of wait.
int crowds() {
    int size = N / 10;
    var sum = new int[1];
    for (int round = 0; round < 3; round++) {
        Chan<Integer> closed = Chan.make();
        crowd(size, closed::recvOk, closed::close);
        Chan<Integer> sent = Chan.make();
        crowd(
                size,
                sent::recv,
                () -> {
                    for (int i = 0; i < size; i++) sent.send(i);
                });
        Chan<Integer> received = Chan.make();
        crowd(
                size,
                () -> received.send(1),
                () -> {
                    for (int i = 0; i < size; i++) sum[0] += received.recv();
                });
        var done = new WaitGroup();
        done.add(1);
        crowd(size, done::await, done::done);
        var mutex = new Mutex();
        mutex.lock();
        crowd(size, () -> mutex.lock().close(), mutex::unlock);
        var tokens = new Weighted(1);
        tokens.acquire(1);
        crowd(size, () -> tokens.acquire(1).close(), () -> tokens.release(1));
        crowd(size, () -> sleep(Duration.ofMillis(50)), () -> {});
    }
    return sum[0];
}

void crowd(int size, Runnable wait, Runnable release) {
    var all = new WaitGroup();
    for (int i = 0; i < size; i++) all.go(() -> wait.run());
    gosched();
    release.run();
    all.await();
}

int tasks() throws Exception {
    var counter = new int[1];
    var mutex = new Mutex();
    var tokens = new Weighted(8);
    try (var ctx = Context.background().withCancel()) {
        var group = ErrGroup.withContext(ctx);
        group.limit(100);
        for (int i = 0; i < N / 10; i++) {
            group.go(() -> {
                try (var _ = tokens.acquire(ctx, 1);
                        var _ = mutex.lock()) {
                    counter[0]++;
                }
            });
        }
        group.await();
    }
    var sleepers = new WaitGroup();
    for (int i = 0; i < 20; i++) {
        sleepers.go(() -> sleep(Duration.ofMillis(1)));
        sleepers.add(1);
        afterFunc(Duration.ofMillis(1), sleepers::done);
    }
    sleepers.await();
    return counter[0];
}
