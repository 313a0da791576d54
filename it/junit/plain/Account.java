package plain;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Plain Java that does not use Gofer. Each faulty method has a correct variant.
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

    /// Two accounts that send each other money at the same time deadlock.
    synchronized void send(Account to, int amount) {
        total -= amount;
        to.depositUnderLock(amount);
    }

    void sendInOneStepEach(Account to, int amount) {
        depositUnderLock(-amount);
        to.depositUnderLock(amount);
    }

    /// The account may be opened between the check and the wait.
    @SuppressWarnings("WaitNotInLoop") // that is the fault
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
