package gofer.bench.peers;

import static gofer.Go.*;

import gofer.Go;
import gofer.bench.Peer;
import gofer.bench.Peer.Measured;
import gofer.bench.Peer.Measurement;
import gofer.bench.Workload;
import gofer.chan.Chan;
import gofer.goroutine.Scheduler;
import gofer.group.ErrGroup;

/// Gofer's version of every row.
public final class GoferPeer {

    private final Peer peer =
            new Peer("Gofer on " + (scheduler() == Scheduler.GOFER ? "its own" : "the JDK's") + " scheduler")
                    .procs(Go::gomaxprocs);

    private GoferPeer() {}

    /// Runs rows until the input ends.
    public static void main(String[] args) {
        Go.main(() -> {
            var rows = new GoferPeer();
            GoferHandOff.addTo(rows);
            GoferSelect.addTo(rows);
            GoferCrowds.addTo(rows);
            GoferSync.addTo(rows);
            GoferTasks.addTo(rows);
            GoferCrossbeam.addTo(rows);
            GoferBeyond.addTo(rows);
            rows.peer.serve();
        });
    }

    /// Adds a row whose time is measured. It runs in a new goroutine, because the current one has waited in a system call.
    GoferPeer row(String name, Workload workload) {
        return measured(
                name,
                n -> {
                    long start = System.nanoTime();
                    long result = workload.run(n);
                    return new Measured(System.nanoTime() - start, result);
                });
    }

    /// Adds a row that measures itself.
    GoferPeer measured(String name, Measurement measurement) {
        peer.measured(
                name,
                n -> {
                    var g = new ErrGroup();
                    Chan<Measured> measured = Chan.make(1);
                    g.go(() -> measured.send(measurement.run(n)));
                    g.await();
                    return measured.recv();
                });
        return this;
    }
}
