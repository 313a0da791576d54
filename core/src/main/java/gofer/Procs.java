package gofer;

import gofer.runtime.sched.Scheduling;
import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/// The implementation of [Go#gomaxprocs].
final class Procs {

    private Procs() {}

    static int set(int n) {
        return Scheduling.isOurs() ? setOurs(n) : setJdks(n);
    }

    private static int setOurs(int n) {
        int before = Scheduling.procs();
        if (n > Scheduling.MAX_PROCS) {
            throw new IllegalArgumentException("gomaxprocs: Gofer's scheduler refuses " + n);
        }
        if (n > 0) {
            Scheduling.setProcs(n);
        }
        return before;
    }

    private static int setJdks(int n) {
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
