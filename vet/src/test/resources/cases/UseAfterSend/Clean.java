// Correct programs that look like mistakes.
import static gofer.Go.*;

import module gofer;

final Chan<List<Integer>> lists = Chan.make(1);
final Chan<Set<Integer>> sets = Chan.make(1);
final Chan<Queue<Integer>> queues = Chan.make(1);
final Chan<Map<String, Integer>> maps = Chan.make(1);

List<Integer> shared() {
    return new CopyOnWriteArrayList<>();
}

void map() {
    Map<String, Integer> map = new ConcurrentHashMap<>();
    maps.send(map);
    map.put("x", 1); // ok: safe
}

void list() {
    List<Integer> list = new CopyOnWriteArrayList<>();
    lists.send(list);
    list.add(1); // ok: safe
}

void queue() {
    Queue<Integer> queue = new ConcurrentLinkedQueue<>();
    queues.send(queue);
    queue.add(1); // ok: safe
}

void synchronizedList() {
    List<Integer> list = Collections.synchronizedList(new ArrayList<>());
    lists.send(list);
    list.add(1); // ok: safe
}

void set() {
    Set<Integer> set = ConcurrentHashMap.newKeySet();
    sets.send(set);
    set.add(1); // ok: safe
}

void fromAMethod() {
    List<Integer> list = shared();
    lists.send(list);
    list.add(1); // ok: it may be safe
}

void replaced(boolean many) {
    List<Integer> list = new ArrayList<>();
    if (many) list = new CopyOnWriteArrayList<>();
    lists.send(list);
    list.add(1); // ok: it may be safe
}

void ownChannel() {
    Chan<List<Integer>> same = Chan.make(1);
    var list = new ArrayList<Integer>();
    same.send(list);
    list.add(1); // ok: the same goroutine receives it
    same.recv().add(2);
}

void ownChannelLater() {
    Chan<List<Integer>> same = Chan.make(1);
    var list = new ArrayList<Integer>();
    same.send(list);
    var again = same.recv();
    again.add(1);
    list.add(2); // ok: it is received
}

void main() {}
