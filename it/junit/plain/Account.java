package plain;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Plain Java that knows nothing of Gofer. Each mistake has a twin without it.
class Account {
    int loads;
    private int total;
    private boolean open;
    private final Map<String, Integer> rates = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    private synchronized int load() {
        return ++loads;
    }

    void checkThenAct(String currency) {
        if (!rates.containsKey(currency)) rates.put(currency, load());
    }

    void checkAndActUnderLock(String currency) {
        synchronized (rates) {
            checkThenAct(currency);
        }
    }

    void deposit(int amount) {
        total += amount;
    }

    synchronized void depositUnderLock(int amount) {
        total += amount;
    }

    int total() {
        return total;
    }

    /// Two who send each other money at once wait for each other.
    synchronized void send(Account to, int amount) {
        total -= amount;
        to.depositUnderLock(amount);
    }

    void sendInOneStepEach(Account to, int amount) {
        depositUnderLock(-amount);
        to.depositUnderLock(amount);
    }

    /// It may be opened between the look and the wait.
    @SuppressWarnings("WaitNotInLoop") // that is the mistake
    void awaitOpenBadly() throws InterruptedException {
        if (open) return;
        synchronized (lock) {
            lock.wait();
        }
    }

    void awaitOpen() throws InterruptedException {
        synchronized (lock) {
            while (!open) lock.wait();
        }
    }

    void open() {
        synchronized (lock) {
            open = true;
            lock.notifyAll();
        }
    }
}
