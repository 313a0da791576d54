package gofer.diagnostics;

import gofer.goroutine.Goroutine;
import gofer.goroutine.Scheduler;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.chan.ChanStats;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.sched.SchedulerStats;
import gofer.runtime.sched.Scheduling;
import gofer.runtime.watch.LeakSearch;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Metrics of the goroutines of this process, for the program itself or for JMX.
@CheckReturnValue
public final class Metrics implements GoferMXBean {

    /// The name under which [#register] registers the MBean.
    public static final String NAME = "gofer:type=Goroutines";

    /// Creates an instance, which reads each metric on demand.
    public Metrics() {}

    /// Registers the metrics with the platform's MBean server, for tools such as JConsole. Does nothing if they are
    /// already registered.
    public static void register() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(new Metrics(), new ObjectName(NAME));
        } catch (InstanceAlreadyExistsException known) {
            // already registered
        } catch (JMException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public int getGoroutines() {
        return Goroutines.count() + LeakSearch.count();
    }

    @Override
    public int getRunnable() {
        return count(Goroutine.State.RUNNABLE);
    }

    @Override
    public int getWaiting() {
        return count(Goroutine.State.WAITING);
    }

    private static int count(Goroutine.State state) {
        return Goroutines.inspect(() -> countNow(state));
    }

    private static int countNow(Goroutine.State state) {
        int count = 0;
        for (G g : Goroutines.all()) {
            count += g.stateNow() == state ? 1 : 0;
        }
        return count;
    }

    @Override
    public int getLeaked() {
        return LeakSearch.count();
    }

    @Override
    public long getStarted() {
        return Goroutines.started();
    }

    @Override
    public String getScheduler() {
        return (Scheduling.isOurs() ? Scheduler.GOFER : Scheduler.JDK).name();
    }

    private static SchedulerStats stats() {
        if (Scheduling.isOurs()) {
            return Scheduling.stats();
        }
        var jdks = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        int queued = (int) Math.min(Integer.MAX_VALUE, jdks.getQueuedVirtualThreadCount());
        return new SchedulerStats(jdks.getParallelism(), jdks.getPoolSize(), -1, -1, queued, -1, -1, -1);
    }

    @Override
    public int getGomaxprocs() {
        return stats().procs();
    }

    @Override
    public int getCarriers() {
        return stats().carriers();
    }

    @Override
    public int getSpareCarriers() {
        return stats().spares();
    }

    @Override
    public int getParkedCarriers() {
        return stats().parked();
    }

    @Override
    public int getQueued() {
        return stats().queued();
    }

    @Override
    public long getTurns() {
        return stats().turns();
    }

    @Override
    public long getSteals() {
        return stats().steals();
    }

    @Override
    public long getTakeOvers() {
        return stats().takeOvers();
    }

    @Override
    public List<NamedChan> getNamedChans() {
        return ChanStats.all().stream().map(NamedChan::of).sorted(Comparator.comparing(NamedChan::name)).toList();
    }

    /// Calls `bind` for each channel name, those that exist and those of the future, with a supplier of the name's
    /// counts. For other metrics systems. A supplier always returns counts of the same name. Running the returned
    /// function ends the calls.
    ///
    /// The goroutine that creates the first channel of a name calls `bind`. An exception that leaves `bind` goes to the
    /// uncaught exception handler of that thread, and the goroutine continues.
    @CanIgnoreReturnValue
    public static Runnable onNamedChan(Consumer<Supplier<NamedChan>> bind) {
        Objects.requireNonNull(bind, "bind");
        return ChanStats.listen(stats -> bind.accept(() -> NamedChan.of(stats)));
    }
}
