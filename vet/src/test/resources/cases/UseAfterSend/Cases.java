import static gofer.Go.*;

import module gofer;

final Chan<List<Integer>> lists = Chan.make(1);
final Chan<int[]> arrays = Chan.make(1);
final Chan<Map<String, Integer>> maps = Chan.make(1);
final Chan<StringBuilder> builders = Chan.make(1);

void list() {
    List<Integer> list = new ArrayList<>();
    lists.send(list);
    list.add(1); // want UseAfterSend
}

void declaredAsItsClass() {
    var list = new ArrayList<Integer>();
    lists.send(list);
    list.clear(); // want UseAfterSend
}

void array() {
    int[] array = {1, 2, 3};
    arrays.send(array);
    array[0] = 2; // want UseAfterSend
}

void increment() {
    int[] array = new int[3];
    arrays.send(array);
    array[0]++; // want UseAfterSend
}

void map() {
    Map<String, Integer> map = new HashMap<>();
    maps.send(map);
    map.put("key", 1); // want UseAfterSend
}

void builder() {
    var text = new StringBuilder("a");
    builders.send(text);
    text.append("b"); // want UseAfterSend
}

void withContext(Context ctx) {
    var list = new ArrayList<Integer>();
    lists.send(ctx, list);
    list.removeIf(n -> n > 1); // want UseAfterSend
}

void conditional(boolean more) {
    var list = new ArrayList<Integer>();
    lists.send(list);
    if (more) list.add(1); // want UseAfterSend
}

void later() {
    var list = new ArrayList<Integer>();
    lists.send(list);
    IO.println("sent");
    list.add(1); // want UseAfterSend
}

void nextRound() {
    int[] buffer = new int[1];
    for (int i = 0; i < 3; i++) {
        buffer[0] = i; // want UseAfterSend
        arrays.send(buffer);
    }
}

void nextRoundOfAList(List<String> words) {
    var batch = new ArrayList<Integer>();
    for (String word : words) {
        batch.add(word.length()); // want UseAfterSend
        lists.send(batch);
    }
}

void nextRoundOfAStage(RecvChan<Integer> in) {
    var batch = new ArrayList<Integer>();
    for (int n : in) {
        batch.add(n); // want UseAfterSend
        lists.send(batch);
    }
}

void inAGoroutine() {
    go(() -> {
        var list = new ArrayList<Integer>();
        lists.send(list);
        list.add(1); // want UseAfterSend
    });
}

void before() {
    var list = new ArrayList<Integer>();
    list.add(1); // ok: before
    lists.send(list);
}

void onlyRead() {
    var list = new ArrayList<Integer>();
    lists.send(list);
    IO.println(list.size()); // ok: both read
}

void copy() {
    var list = new ArrayList<Integer>();
    lists.send(List.copyOf(list));
    list.add(1); // ok: a copy was sent
}

void another() {
    List<Integer> list = new ArrayList<>();
    lists.send(list);
    list = new ArrayList<>();
    list.add(1); // ok: a new one
}

void newInEachRound() {
    for (int i = 0; i < 3; i++) {
        int[] buffer = new int[1];
        buffer[0] = i; // ok: a new one in each round
        arrays.send(buffer);
    }
}

void replacedInEachRound() {
    int[] buffer = new int[1];
    for (int i = 0; i < 3; i++) {
        buffer[0] = i; // ok: replaced after the send
        arrays.send(buffer);
        buffer = new int[1];
    }
}

void acknowledged(RecvChan<Boolean> done) {
    int[] array = {1};
    arrays.send(array);
    done.recv();
    array[0] = 2; // ok: the receiver is done
}

void acknowledgedInALoop(RecvChan<Boolean> done) {
    int[] buffer = new int[1];
    for (int i = 0; i < 3; i++) {
        buffer[0] = i; // ok: the receiver is done with it
        arrays.send(buffer);
        done.recv();
    }
}

void waited(WaitGroup wg) {
    var list = new ArrayList<Integer>();
    lists.send(list);
    wg.await();
    list.add(1); // ok: the others are done
}

void unknownCall() {
    var list = new ArrayList<Integer>();
    lists.send(list);
    waitForTheReceiver();
    list.add(1); // ok: the method may wait
}

void waitForTheReceiver() {}

void otherVariable() {
    var list = new ArrayList<Integer>();
    var other = new ArrayList<Integer>();
    lists.send(list);
    other.add(1); // ok: not sent
}

void returned(boolean sent) {
    var list = new ArrayList<Integer>();
    if (sent) {
        lists.send(list);
        return;
    }
    list.add(1); // ok: not after the send
}

@SuppressWarnings("UseAfterSend")
void suppressed() {
    int[] array = {1};
    arrays.send(array);
    array[0] = 2; // ok: suppressed
}

void main() {}
