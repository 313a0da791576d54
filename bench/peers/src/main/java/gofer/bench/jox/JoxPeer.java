package gofer.bench.jox;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelDone;
import com.softwaremill.jox.Select;
import com.softwaremill.jox.SelectClause;
import gofer.bench.Peer;
import gofer.bench.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/// Jox's version of the rows: its channels, on virtual threads. Jox has only channels and select.
public final class JoxPeer {

    private final Peer peer = new Peer("Jox 1.0.1");

    private JoxPeer() {}

    /// Runs rows until the input ends.
    public static void main(String[] args) throws IOException {
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            System.exit(2);
        });
        var rows = new JoxPeer();
        rows.handOff();
        rows.select();
        rows.crossbeam();
        rows.beyondGo();
        rows.peer.serve();
    }

    private void row(String name, Workload workload) {
        peer.row(
                name,
                n -> {
                    var task = new FutureTask<>(() -> workload.run(n));
                    Thread.startVirtualThread(task);
                    return task.get();
                });
    }

    /// A part of a row.
    @FunctionalInterface
    private interface Part {
        void run() throws InterruptedException;
    }

    private static void start(Part part) {
        Thread.startVirtualThread(() -> {
            try {
                part.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Channel<Integer> channel(int capacity) {
        return capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity);
    }

    private void handOff() {
        row("ping-pong", JoxPeer::pingPong);
        int[][] streams = {
            {1, 1, 0},
            {1, 1, 1},
            {1, 1, 16},
            {1, 1, 128},
            {1, 1, 1024},
            {4, 4, 0},
            {4, 4, 128},
            {100, 100, 0},
            {100, 100, 128}
        };
        for (int[] s : streams) {
            row("stream-" + s[0] + "x" + s[1] + "-" + s[2], n -> stream(n, s[0], s[1], s[2]));
        }
        for (int size : new int[] {10, 1000, 100_000, 1_000_000}) {
            row("ring-" + size, n -> ring(n, size));
        }
    }

    private static long pingPong(int n) throws InterruptedException {
        var ping = channel(0);
        var pong = channel(0);
        start(() -> {
            for (int i = 0; i < n; i++) {
                pong.send(ping.receive());
            }
        });
        long same = 0;
        for (int i = 0; i < n; i++) {
            ping.send(i);
            if (pong.receive() == i) {
                same++;
            }
        }
        return same;
    }

    private static long stream(int n, int senders, int receivers, int capacity) throws InterruptedException {
        return stream(n, senders, receivers, channel(capacity));
    }

    private static long stream(int n, int senders, int receivers, Channel<Integer> c) throws InterruptedException {
        var sending = new CountDownLatch(senders);
        for (int s = 0; s < senders; s++) {
            int from = s * (n / senders);
            start(() -> {
                send(c, from, from + n / senders);
                sending.countDown();
            });
        }
        start(() -> {
            sending.await();
            c.done();
        });
        var sum = new AtomicLong();
        var receiving = new CountDownLatch(receivers);
        for (int r = 0; r < receivers; r++) {
            start(() -> {
                long own = 0;
                for (Object got = c.receiveOrClosed(); !(got instanceof ChannelDone); got = c.receiveOrClosed()) {
                    own += (Integer) got;
                }
                sum.addAndGet(own);
                receiving.countDown();
            });
        }
        receiving.await();
        return sum.get();
    }

    private static long ring(int n, int size) throws InterruptedException {
        var result = channel(1);
        var first = channel(0);
        var in = first;
        List<Channel<Integer>> all = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            var from = in;
            var to = i == size ? first : channel(0);
            start(() -> {
                for (Object token = from.receiveOrClosed();
                        token instanceof Integer hops;
                        token = from.receiveOrClosed()) {
                    if (hops == n) {
                        result.send(hops);
                        return;
                    }
                    to.send(hops + 1);
                }
            });
            all.add(to);
            in = to;
        }
        first.send(0);
        int token = result.receive();
        all.forEach(Channel::done);
        return token;
    }

    private void select() {
        row("select-2", n -> selectMany(n, 2, 0));
        row("select-8", n -> selectMany(n, 8, 0));
        row(
                "select-2-both",
                n -> {
                    List<Channel<Integer>> channels = List.of(channel(128), channel(128));
                    for (int s = 0; s < 2; s++) {
                        int from = s * (n / 2);
                        start(() -> sendOnAny(channels, from, from + n / 2));
                    }
                    return receiveFromAny(channels, n);
                });
        row("select-timer-quit", n -> idle(n, channel(0), channel(0)));
        row("select-default", JoxPeer::selectDefault);
        row("select-abandoned", JoxPeer::abandoned);
    }

    private static long selectMany(int n, int k, int capacity) throws InterruptedException {
        List<Channel<Integer>> channels = new ArrayList<>();
        for (int s = 0; s < k; s++) {
            var c = channel(capacity);
            int from = s * (n / k);
            start(() -> send(c, from, from + n / k));
            channels.add(c);
        }
        return receiveFromAny(channels, n);
    }

    /// A channel without values replaces the timer.
    private static long idle(int n, Channel<Integer> timer, Channel<Integer> quit) throws InterruptedException {
        var c = channel(0);
        start(() -> send(c, 0, n));
        return receiveFromAny(List.of(c, timer, quit), n);
    }

    private static long selectDefault(int n) throws InterruptedException {
        var empty = channel(0);
        long taken = 0;
        for (int i = 0; i < n; i++) {
            if (Select.select(empty.receiveClause(), Select.defaultClause(-1)) == -1) {
                taken++;
            }
        }
        return taken;
    }

    private static long abandoned(int n) throws InterruptedException {
        var c = channel(0);
        var idle = channel(0);
        start(() -> send(c, 0, n));
        long sum = receiveFromAny(List.of(c, idle), n);
        start(() -> idle.send(0));
        return sum + idle.receive();
    }

    private void crossbeam() {
        row(
                "crossbeam-seq",
                n -> {
                    var c = channel(n);
                    send(c, 0, n);
                    return receive(c, n);
                });
        row("crossbeam-spsc", n -> pass(n, 1, 1));
        row("crossbeam-mpsc", n -> pass(n, 4, 1));
        row("crossbeam-mpmc", n -> pass(n, 4, 4));
        row("crossbeam-select-rx", n -> selectMany(n, 4, n));
        row("crossbeam-select-both", JoxPeer::selectBoth);
    }

    /// A select of Jox prefers its first clause.
    private void beyondGo() {
        row("biased-2", n -> selectMany(n, 2, 128));
        row("stream-unbounded", n -> stream(n, 1, 1, Channel.newUnlimitedChannel()));
    }

    private static long pass(int n, int senders, int receivers) throws InterruptedException {
        var c = channel(n);
        var sum = new AtomicLong();
        var running = new CountDownLatch(receivers);
        for (int s = 0; s < senders; s++) {
            int from = s * (n / senders);
            start(() -> send(c, from, from + n / senders));
        }
        for (int r = 0; r < receivers; r++) {
            start(() -> {
                sum.addAndGet(receive(c, n / receivers));
                running.countDown();
            });
        }
        running.await();
        return sum.get();
    }

    private static long selectBoth(int n) throws InterruptedException {
        List<Channel<Integer>> channels = List.of(channel(n), channel(n), channel(n), channel(n));
        var sum = new AtomicLong();
        var running = new CountDownLatch(4);
        for (int s = 0; s < 4; s++) {
            int from = s * (n / 4);
            start(() -> sendOnAny(channels, from, from + n / 4));
            start(() -> {
                sum.addAndGet(receiveFromAny(channels, n / 4));
                running.countDown();
            });
        }
        running.await();
        return sum.get();
    }

    private static void send(Channel<Integer> c, int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            c.send(i);
        }
    }

    private static long receive(Channel<Integer> c, int n) throws InterruptedException {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += c.receive();
        }
        return sum;
    }

    private static void sendOnAny(List<Channel<Integer>> channels, int from, int to) throws InterruptedException {
        SelectClause<?>[] clauses = new SelectClause<?>[channels.size()];
        for (int i = from; i < to; i++) {
            for (int c = 0; c < clauses.length; c++) {
                clauses[c] = channels.get(c).sendClause(i);
            }
            Select.select(clauses);
        }
    }

    private static long receiveFromAny(List<Channel<Integer>> channels, int n) throws InterruptedException {
        SelectClause<?>[] clauses = channels.stream().map(Channel::receiveClause).toArray(SelectClause<?>[]::new);
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (Integer) Select.select(clauses);
        }
        return sum;
    }
}
