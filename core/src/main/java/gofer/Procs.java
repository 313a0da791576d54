package gofer;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/// How many goroutines run at the same time: the parallelism of the JDK's scheduler.
final class Procs {

    private Procs() {}

    static int set(int n) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        int before = scheduler.getParallelism();
        if (n > 0) {
            try {
                scheduler.setParallelism(n);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("gomaxprocs: the JDK's scheduler refuses " + n, refused);
            }
        }
        return before;
    }
}
