// Accesses shared state by each kind of instruction that gets a scheduling point.

import static gofer.Go.*;

import module gofer;

static long total;
static double mean;
static String text = "";
long wide;
double real;
int small;
byte tiny;
boolean flag;
final Object[] any = new Object[2];

static final class Node<T> {
    T value;
    Node<T> next;

    Node(T value, Node<T> next) {
        this.value = value;
        this.next = next;
    }
}

void main() {
    var mu = new Mutex();
    var wg = new WaitGroup();
    for (int i = 0; i < 2; i++) {
        int n = i;
        wg.go(() -> {
            try (var _ = mu.lock()) {
                fields();
                arrays(n);
                calls();
                monitors();
                sleeps();
            }
        });
    }
    wg.await();
    IO.println(total + " " + mean + " " + wide + " " + real + " " + small + " " + tiny + " " + flag + text);
}

void fields() {
    total += 5;
    wide += total--;
    mean += 1.5;
    real = real + mean;
    small <<= 1;
    tiny += 2;
    flag ^= small == 0;
    var node = new Node<>("x", null);
    node.next = new Node<>(node.value + small, node);
    try {
        node.next.next.next.next.value = "there";
        Node<String> nothing = null;
        nothing.value = "nowhere";
    } catch (NullPointerException nothing) {
        text += "!";
    }
}

void arrays(int n) {
    long[] longs = {1, 2};
    double[] doubles = {1, 2};
    float[] floats = {1};
    byte[] bytes = {1};
    char[] chars = {'a'};
    short[] shorts = {1};
    boolean[] booleans = {true};
    int[][] grid = new int[2][3];
    longs[1] += 5;
    doubles[0] *= longs[1]++;
    floats[0] /= 2;
    bytes[0]++;
    chars[0]++;
    shorts[0]--;
    booleans[0] ^= true;
    small += grid[1][2] = bytes[0];
    any[n] = new Node<>(new int[n], null);
    text += " " + longs[1] + doubles[0] + floats[0] + bytes[0] + chars[0] + shorts[0] + booleans[0];
    try {
        any[2] = any[n];
    } catch (ArrayIndexOutOfBoundsException outside) {
        text += "!";
    }
}

void calls() {
    Map<String, Integer> map = new TreeMap<>();
    map.merge("a", small, Integer::sum);
    map.computeIfAbsent("b", String::length);
    for (var entry : map.entrySet()) text += entry.getKey() + entry.getValue();
    List<Long> list = new ArrayList<>(List.of(3L, 1L));
    list.add(0, wide);
    list.sort(Comparator.naturalOrder());
    list.subList(0, 1).clear();
    var number = new AtomicLong();
    number.compareAndSet(0L, list.getLast());
    var names = new AtomicReferenceArray<String>(2);
    names.compareAndSet(1, null, new StringBuilder("q").append(number.accumulateAndGet(3L, Math::max)).toString());
    text += names.get(1);
    Lock lock = new ReentrantReadWriteLock().readLock();
    lock.lock();
    lock.unlock();
    Thread.yield();
    Thread.onSpinWait();
}

void monitors() {
    synchronized (this) {
        synchronized (any) {
            small++;
        }
    }
}

void sleeps() throws InterruptedException {
    Thread.sleep(1);
    Thread.sleep(Duration.ofMillis(1));
    Thread.currentThread().interrupt();
    try {
        Thread.sleep(1);
    } catch (InterruptedException caught) {
        text += Thread.currentThread().isInterrupted();
    }
    try {
        Thread.sleep(-1);
    } catch (IllegalArgumentException negative) {
        text += "!";
    }
}
