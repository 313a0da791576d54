import static gofer.Go.*;

import module gofer;

final Mutex mu = new Mutex();

void work() {}

void readWhileAdded() {
    var list = new ArrayList<Integer>();
    go(() -> list.add(1));
    IO.println(list.size()); // want SharedCapture
}

void addedByBoth() {
    List<Integer> list = new ArrayList<>();
    go(() -> {
        list.add(1);
    });
    list.add(2); // want SharedCapture
}

void map() {
    var map = new HashMap<String, Integer>();
    go(() -> map.put("a", 1));
    map.put("b", 2); // want SharedCapture
}

void builder() {
    var text = new StringBuilder();
    go(() -> text.append("a"));
    text.append("b"); // want SharedCapture
}

void readInTheGoroutine() {
    var list = new ArrayList<Integer>();
    go(() -> IO.println(list.get(0)));
    list.add(1); // want SharedCapture
}

void element() {
    int[] count = {0};
    go(() -> count[0]++);
    IO.println(count[0]); // want SharedCapture
}

void result() {
    int[] result = new int[1];
    go(() -> {
        result[0] = 42;
    });
    if (result[0] == 42) IO.println("done"); // want SharedCapture
}

void ofAGroup() {
    var list = new ArrayList<Integer>();
    var wg = new WaitGroup();
    wg.go(() -> list.add(1));
    IO.println(list.size()); // want SharedCapture
    wg.await();
}

void severalAdd() {
    var list = new ArrayList<Integer>();
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) wg.go(() -> list.add(1)); // want SharedCapture
    wg.await();
}

void severalCount() {
    int[] count = {0};
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        wg.go(() -> {
            count[0]++; // want SharedCapture
        });
    }
    wg.await();
}

void severalPut(List<String> words) {
    var lengths = new HashMap<String, Integer>();
    var wg = new WaitGroup();
    for (String word : words) {
        wg.add(1);
        go(() -> {
            lengths.put(word, word.length()); // want SharedCapture
            wg.done();
        });
    }
    wg.await();
}

void iterated() {
    var list = new ArrayList<>(List.of(1, 2));
    go(() -> list.add(3));
    for (int n : list) IO.println(n); // want SharedCapture
}

int next() {
    return 1;
}

void lockForAdd() {}

void severalAddAResult() {
    var list = new ArrayList<Integer>();
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) wg.go(() -> list.add(next())); // want SharedCapture
    wg.await();
}

void guardedByAMethod() {
    var list = new ArrayList<Integer>();
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        wg.go(() -> {
            lockForAdd();
            list.add(1); // ok: the method may lock
        });
    }
    wg.await();
}

void afterAwait() {
    var list = new ArrayList<Integer>();
    var wg = new WaitGroup();
    wg.go(() -> list.add(1));
    wg.await();
    IO.println(list.size()); // ok: it is done
}

void afterReceive() {
    var list = new ArrayList<Integer>();
    Chan<Boolean> done = Chan.make();
    go(() -> {
        list.add(1);
        done.send(true);
    });
    done.recv();
    IO.println(list.size()); // ok: it is done
}

void beforeTheStart() {
    var list = new ArrayList<Integer>();
    list.add(1); // ok: before the start
    go(() -> IO.println(list.size()));
}

void bothRead() {
    var list = new ArrayList<>(List.of(1, 2));
    go(() -> IO.println(list.size()));
    IO.println(list.size()); // ok: both read
}

void locked() {
    var list = new ArrayList<Integer>();
    go(() -> {
        try (var _ = mu.lock()) {
            list.add(1);
        }
    });
    try (var _ = mu.lock()) {
        list.add(2); // ok: guarded
    }
}

void severalLock() {
    var list = new ArrayList<Integer>();
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        wg.go(() -> {
            try (var _ = mu.lock()) {
                list.add(1); // ok: guarded
            }
        });
    }
    wg.await();
}

void ownElements() {
    int[] squares = new int[3];
    var wg = new WaitGroup();
    for (int i = 0; i < 3; i++) {
        int n = i;
        wg.go(() -> squares[n] = n * n); // ok: each its own element
    }
    wg.await();
}

void concurrent() {
    var map = new ConcurrentHashMap<String, Integer>();
    go(() -> map.put("a", 1));
    map.put("b", 2); // ok: safe
}

void copyOnWrite() {
    List<Integer> list = new CopyOnWriteArrayList<>();
    go(() -> list.add(1));
    list.add(2); // ok: safe
}

void synchronizedList() {
    List<Integer> list = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 3; i++) go(() -> list.add(1)); // ok: safe
}

void ownInEachRound() {
    for (int i = 0; i < 3; i++) {
        var list = new ArrayList<Integer>();
        go(() -> list.add(1)); // ok: each its own list
    }
}

void waitsInTheLoop() {
    var list = new ArrayList<Integer>();
    for (int i = 0; i < 3; i++) {
        var wg = new WaitGroup();
        wg.go(() -> list.add(1)); // ok: one after the other
        wg.await();
    }
}

void unknownCall() {
    var list = new ArrayList<Integer>();
    go(() -> list.add(1));
    work();
    IO.println(list.size()); // ok: the call may wait
}

void synchronizedBlocks() {
    var list = new ArrayList<Integer>();
    go(() -> {
        synchronized (list) {
            list.add(1);
        }
    });
    synchronized (list) {
        list.add(2); // ok: guarded
    }
}

@SuppressWarnings("SharedCapture")
void suppressed() {
    int[] count = {0};
    go(() -> count[0]++);
    IO.println(count[0]); // ok: suppressed
}

void main() {}
