package shop;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Plain Java that does not use Gofer, with typical faults, and corrected variants.
public class Shop {

    public static int sold;

    public int total;
    public final int[] stock = new int[4];
    public final AtomicInteger loads = new AtomicInteger();
    public final Map<String, Integer> prices = new HashMap<>();
    public final ConcurrentHashMap<String, Integer> cache = new ConcurrentHashMap<>();
    private final Object door = new Object();
    private final Object till = new Object();
    private boolean open;

    private int load() {
        return loads.incrementAndGet();
    }

    public void checkThenAct(String what) {
        if (!cache.containsKey(what)) cache.put(what, load());
    }

    public void computeOnce(String what) {
        cache.computeIfAbsent(what, _ -> load());
    }

    public void add(int price) {
        total += price;
    }

    public synchronized void addUnderLock(int price) {
        total += price;
    }

    public static void sell() {
        sold++;
    }

    public void fill(int shelf) {
        stock[shelf]++;
    }

    public void doorThenTill() {
        synchronized (door) {
            synchronized (till) {
                total++;
            }
        }
    }

    public void tillThenDoor() {
        synchronized (till) {
            synchronized (door) {
                total++;
            }
        }
    }

    /// The check is outside of the lock: the shop may open between the check and the wait.
    @SuppressWarnings("WaitNotInLoop") // that is the fault
    public void waitBadly() throws InterruptedException {
        if (!open) {
            synchronized (door) {
                door.wait();
            }
        }
    }

    public void waitWell() throws InterruptedException {
        synchronized (door) {
            while (!open) door.wait();
        }
    }

    public void open() {
        synchronized (door) {
            open = true;
            door.notifyAll();
        }
    }
}
