package other;

import gofer.race.edges.child.RecordingHooks;
import gofer.race.runtime.*;
import gofer.runtime.goroutine.*;
import gofer.runtime.park.HappensBefore;
import gofer.sync.User;

public class Main {
    static volatile int step;
    static volatile boolean known;

    public static void main(String[] args) throws Exception {
        Object a = new Object();
        Object b = new Object();
        RecordingHooks.begin();
        System.out.println("recorded " + HappensBefore.isRecorded());
        System.out.println(
                "release, acquire " + knows(() -> HappensBefore.release(a), () -> HappensBefore.acquire(a, 0)));
        System.out.println("other part " + knows(() -> HappensBefore.release(a, 1), () -> HappensBefore.acquire(a, 2)));
        System.out.println(
                "pass "
                        + knows(
                                () -> {
                                    HappensBefore.release(a, 0);
                                    HappensBefore.pass(a, b, 3);
                                },
                                () -> HappensBefore.acquire(b, 3)));
        User user = new User();
        System.out.println("atomics " + knows(user, user));
        try {
            System.out.println(user.fails());
        } catch (NullPointerException e) {
            System.out.println("thrown");
        }
        System.out.println("quiet " + RecordingHooks.isQuiet());
        System.out.println("user " + (user instanceof Object o && o instanceof Shadowed));
        System.out.println("locked " + (new User.Locked() instanceof Object o && o instanceof Shadowed));
        System.out.println("special " + User.Special.class.getSuperclass().getName());
        System.out.println("others " + (new User.Pair(1, 2) instanceof Object o && o instanceof Shadowed));
        Started started = (Started) (Object) new G(1);
        System.out.println(started.gofer$description() + ", " + started.gofer$creator() + ", " + started.gofer$site());
        System.out.println("[" + ((Started) (Object) new G(0)).gofer$creator() + "]");
        System.out.println("goroutine " + (started instanceof Shadowed));
    }

    static boolean knows(Runnable first, Runnable second) throws Exception {
        step = 0;
        long[] moment = new long[1];
        Thread one =
                new Thread(() -> {
                    moment[0] = RecordingHooks.now();
                    first.run();
                    step = 1;
                });
        Thread two =
                new Thread(() -> {
                    while (step == 0) {}
                    second.run();
                    known = RecordingHooks.knows(moment[0]);
                });
        one.start();
        two.start();
        one.join();
        two.join();
        return known;
    }
}
