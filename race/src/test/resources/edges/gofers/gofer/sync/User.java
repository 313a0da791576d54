package gofer.sync;

import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class User implements Runnable {
    private final AtomicInteger number;
    private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

    public User() {
        this(new AtomicInteger(new AtomicInteger(1).incrementAndGet()));
    }

    User(AtomicInteger number) {
        this.number = number;
        number.incrementAndGet();
    }

    @Override
    public void run() {
        number.incrementAndGet();
    }

    public int fails() {
        int caught = 0;
        String text = "a";
        try {
            caught++;
            map.computeIfAbsent(
                    text,
                    key -> {
                        throw new IllegalStateException();
                    });
        } catch (IllegalArgumentException e) {
            return -1;
        } catch (IllegalStateException | ClassCastException e) {
            try {
                map.put(text, null);
            } catch (NullPointerException inner) {
                caught += 10;
            } finally {
                caught += 100;
            }
        } finally {
            caught += 1000;
        }
        map.put(null, text);
        return caught;
    }

    public interface Shape {}

    public record Pair(int a, int b) {}

    public enum Kind {
        A
    }

    public static class Special extends User {}

    public static class Locked {
        private final Object lock = new Object();
        private final Object other;

        public Locked() {
            this(new Object());
        }

        Locked(Object other) {
            Object created = new Object();
            super();
            this.other = created == lock ? lock : other;
        }
    }
}
