package gofer.conformance.memory;

import static gofer.Go.gosched;
import static gofer.Go.select;
import static gofer.Go.trySelect;

import gofer.chan.Chan;
import gofer.chan.Default;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.Received;
import gofer.chan.RecvCase;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Select;
import gofer.chan.SendCase;
import gofer.chan.Value;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A form of send and receive. All forms have the same edges.
enum Way {
    CALL {
        @Override
        <T> Consumer<T> sender(Chan<T> chan) {
            return chan::send;
        }

        @Override
        <T> Supplier<Received<T>> receiver(Chan<T> chan) {
            return chan::recvOk;
        }
    },
    TRY {
        @Override
        <T> Consumer<T> sender(Chan<T> chan) {
            return value -> {
                while (!chan.trySend(value)) {
                    gosched();
                }
            };
        }

        @Override
        <T> Supplier<Received<T>> receiver(Chan<T> chan) {
            return () -> {
                for (; ; gosched()) {
                    switch (chan.tryRecv()) {
                        case Received<T> received -> {
                            return received;
                        }
                        case Empty() -> {}
                    }
                }
            };
        }
    },
    SELECT {
        @Override
        <T> Consumer<T> sender(Chan<T> chan) {
            return value -> {
                var _ = select(RecvChan.never(), chan.sending(value));
            };
        }

        @Override
        <T> Supplier<Received<T>> receiver(Chan<T> chan) {
            RecvChan<T> never = RecvChan.never();
            return () ->
                    switch (select(chan, never)) {
                        case First(var received) -> received;
                        case Second(_) -> throw new AssertionError("never");
                    };
        }
    },
    TRY_SELECT {
        @Override
        <T> Consumer<T> sender(Chan<T> chan) {
            return value -> {
                while (trySelect(chan.sending(value)) instanceof Default) {
                    gosched();
                }
            };
        }

        @Override
        <T> Supplier<Received<T>> receiver(Chan<T> chan) {
            return () -> {
                for (; ; gosched()) {
                    switch (trySelect(chan)) {
                        case First(var received) -> {
                            return received;
                        }
                        case Default() -> {}
                    }
                }
            };
        }
    },
    HANDLES {
        @Override
        <T> Consumer<T> sender(Chan<T> chan) {
            Select select = new Select();
            SendCase<T> send = select.send(chan);
            return value -> {
                send.offer(value);
                var _ = select.await();
            };
        }

        @Override
        <T> Supplier<Received<T>> receiver(Chan<T> chan) {
            Select select = new Select();
            RecvCase<T> recv = select.recv(chan);
            return () -> {
                var _ = select.await();
                return recv.received();
            };
        }
    };

    /// Returns a sender to `chan`, for one goroutine.
    abstract <T> Consumer<T> sender(Chan<T> chan);

    /// Returns a receiver from `chan`, for one goroutine.
    abstract <T> Supplier<Received<T>> receiver(Chan<T> chan);

    /// Returns the value of a receive that was not the end.
    static <T> T valueOf(Received<T> received) {
        if (received instanceof Value(var value)) {
            return value;
        }
        throw new AssertionError("closed");
    }
}
