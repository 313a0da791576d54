package gofer.bench.peers;

import static gofer.Go.*;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Default;
import gofer.chan.First;
import gofer.chan.RecvCase;
import gofer.chan.Second;
import gofer.chan.Select;
import gofer.chan.Third;
import gofer.chan.Value;
import gofer.time.Alarm;
import java.time.Duration;

/// Selects that wait, and selects with a default.
final class GoferSelect {

    private GoferSelect() {}

    static void addTo(GoferPeer peer) {
        peer.row("select-2", GoferSelect::two);
        peer.row("select-8", n -> many(n, 8));
        peer.row("select-2-both", GoferSelect::both);
        peer.row("select-timer-quit", GoferSelect::timerAndQuit);
        peer.row("select-default", GoferSelect::orDefault);
        peer.row("select-abandoned", GoferSelect::abandoned);
    }

    private static long two(int n) {
        Chan<Integer> a = Chan.make();
        Chan<Integer> b = Chan.make();
        go(() -> send(a, 0, n / 2));
        go(() -> send(b, n / 2, n));
        return receive(a, b, n);
    }

    private static long many(int n, int k) {
        var select = new Select();
        for (int s = 0; s < k; s++) {
            Chan<Integer> c = Chan.make();
            select.recv(c);
            int from = s * (n / k);
            go(() -> send(c, from, from + n / k));
        }
        long sum = 0;
        for (int i = 0; i < n; i++) {
            if (select.await() instanceof RecvCase<?> arm && arm.value() instanceof Integer value) {
                sum += value;
            }
        }
        return sum;
    }

    private static long both(int n) {
        Chan<Integer> a = Chan.make(128);
        Chan<Integer> b = Chan.make(128);
        go(() -> sendOnEither(a, b, 0, n / 2));
        go(() -> sendOnEither(a, b, n / 2, n));
        return receive(a, b, n);
    }

    private static void sendOnEither(Chan<Integer> a, Chan<Integer> b, int from, int to) {
        for (int i = from; i < to; i++) {
            var _ = select(a.sending(i), b.sending(i));
        }
    }

    private static long receive(Chan<Integer> a, Chan<Integer> b, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum +=
                    switch (select(a, b)) {
                        case First(Value(var value)) -> value;
                        case Second(Value(var value)) -> value;
                        case First(Closed()), Second(Closed()) -> throw new IllegalStateException("closed");
                    };
        }
        return sum;
    }

    private static long timerAndQuit(int n) {
        Chan<Integer> c = Chan.make();
        Chan<Boolean> quit = Chan.make();
        go(() -> send(c, 0, n));
        var hour = Alarm.in(Duration.ofHours(1));
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum +=
                    switch (select(c, hour.c(), quit)) {
                        case First(Value(var value)) -> value;
                        case First(Closed()) -> throw new IllegalStateException("closed");
                        case Second(_) -> throw new IllegalStateException("the timer fired");
                        case Third(_) -> throw new IllegalStateException("quit");
                    };
        }
        hour.stop();
        return sum;
    }

    private static long orDefault(int n) {
        Chan<Integer> empty = Chan.make();
        long defaults = 0;
        for (int i = 0; i < n; i++) {
            switch (trySelect(empty)) {
                case First(_) -> throw new IllegalStateException("not empty");
                case Default() -> defaults++;
            }
        }
        return defaults;
    }

    private static long abandoned(int n) {
        Chan<Integer> c = Chan.make();
        Chan<Integer> idle = Chan.make();
        go(() -> send(c, 0, n));
        long sum = receive(c, idle, n);
        go(() -> idle.send(0));
        return sum + idle.recv();
    }

    private static void send(Chan<Integer> c, int from, int to) {
        for (int i = from; i < to; i++) {
            c.send(i);
        }
    }
}
