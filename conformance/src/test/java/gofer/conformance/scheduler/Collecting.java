package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import java.util.concurrent.atomic.AtomicBoolean;

/// A loop without calls starves neither other goroutines nor the garbage collector.
final class Collecting {

    private static volatile Object garbage = new Object();

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(1);
            var stop = new AtomicBoolean();
            Chan<Long> loops = Chan.make();
            go(() -> {
                long count = 0;
                while (!stop.get()) {
                    count++;
                }
                loops.send(count);
            });
            for (int i = 0; i < 10; i++) {
                garbage = new byte[1 << 20];
                System.gc();
                gosched();
            }
            stop.set(true);
            System.out.println(loops.recv() > 0 && garbage != null ? "fair" : "the loop never ran");
        });
    }
}
