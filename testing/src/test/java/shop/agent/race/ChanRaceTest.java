package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.Value;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of channels, `chan_test.go`: what a send, a receive and a close order.
class ChanRaceTest {

    private static final Duration PAUSE = Duration.ofMillis(10);

    @Test
    void noRaceChanSync() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            together(
                    () -> {
                        v.x = 1;
                        c.send(0);
                    },
                    () -> {
                        c.recv();
                        v.x = 2;
                    });
        });
    }

    /// Without a buffer, the receive happens before the return of the send.
    @Test
    void noRaceChanSyncRev() {
        noRace(() -> sendThenWrite(Chan.make()));
    }

    @Test
    void noRaceChanAsync() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make(10);
            together(
                    () -> {
                        v.x = 1;
                        c.send(0);
                    },
                    () -> {
                        c.recv();
                        v.x = 2;
                    });
        });
    }

    /// With a free place in the buffer, the send does not wait for the receive.
    @Test
    void raceChanAsyncRev() {
        race(() -> sendThenWrite(Chan.make(10)));
    }

    private static void sendThenWrite(Chan<Integer> c) throws Throwable {
        var v = new Vars();
        together(
                () -> {
                    c.send(0);
                    v.x = 2;
                },
                () -> {
                    v.x = 1;
                    c.recv();
                });
    }

    @Test
    void noRaceChanAsyncCloseRecv() {
        noRace(() -> recvFromClosed(Chan.make(10)));
    }

    @Test
    void noRaceChanSyncCloseRecv() {
        noRace(() -> recvFromClosed(Chan.make()));
    }

    private static void recvFromClosed(Chan<Integer> c) throws Throwable {
        var v = new Vars();
        together(
                () -> {
                    v.x = 1;
                    c.close();
                },
                () -> {
                    assertThatThrownBy(c::recv).isInstanceOf(ChanClosedException.class);
                    v.x = 2;
                });
    }

    @Test
    void noRaceChanAsyncCloseRecv2() {
        noRace(() -> recvOkFromClosed(Chan.make(10)));
    }

    @Test
    void noRaceChanSyncCloseRecv2() {
        noRace(() -> recvOkFromClosed(Chan.make()));
    }

    private static void recvOkFromClosed(Chan<Integer> c) throws Throwable {
        var v = new Vars();
        together(
                () -> {
                    v.x = 1;
                    c.close();
                },
                () -> {
                    use(c.recvOk());
                    v.x = 2;
                });
    }

    @Test
    void noRaceChanAsyncCloseRecv3() {
        noRace(() -> loopUntilClosed(Chan.make(10)));
    }

    @Test
    void noRaceChanSyncCloseRecv3() {
        noRace(() -> loopUntilClosed(Chan.make()));
    }

    private static void loopUntilClosed(Chan<Integer> c) throws Throwable {
        var v = new Vars();
        together(
                () -> {
                    v.x = 1;
                    c.close();
                },
                () -> {
                    for (int n : c) use(n);
                    v.x = 2;
                });
    }

    @Test
    void raceChanSyncCloseSend() {
        race(() -> trySendUntilClosed(Chan.make()));
    }

    @Test
    void raceChanAsyncCloseSend() {
        race(() -> trySendUntilClosed(Chan.make(10)));
    }

    /// A send that fails orders nothing. A send that waits when the channel is closed would order, unlike in Go. So these
    /// sends do not wait.
    private static void trySendUntilClosed(Chan<Integer> c) throws Throwable {
        var v = new Vars();
        together(
                () -> {
                    v.x = 1;
                    c.close();
                },
                () -> {
                    try {
                        while (true) {
                            boolean sent = c.trySend(0);
                            if (!sent) gosched();
                        }
                    } catch (ChanClosedException closed) {
                        v.x = 2;
                    }
                });
    }

    /// The close that fails orders nothing. Both variables are written by both goroutines if the other one closes.
    @Test
    void raceChanCloseClose() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            goroutines(
                    () -> {
                        v.x = 1;
                        if (!closed(c)) v.y = 2;
                    },
                    () -> {
                        v.y = 1;
                        if (!closed(c)) v.x = 2;
                    });
        });
    }

    private static boolean closed(Chan<Integer> c) {
        try {
            c.close();
            return true;
        } catch (ChanClosedException already) {
            return false;
        }
    }

    @Test
    void raceChanSendLen() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make(10);
            together(
                    () -> {
                        v.x = 1;
                        c.send(1);
                    },
                    () -> {
                        while (c.len() == 0) gosched();
                        v.x = 2;
                    });
        });
    }

    @Test
    void raceChanRecvLen() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make(10);
            c.send(1);
            together(
                    () -> {
                        v.x = 1;
                        c.recv();
                    },
                    () -> {
                        while (c.len() != 0) gosched();
                        v.x = 2;
                    });
        });
    }

    /// One of the two sends finds the buffer full. It orders nothing.
    @Test
    void raceChanSendSend() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make(1);
            goroutines(
                    () -> {
                        v.x = 1;
                        if (!c.trySend(1)) v.y = 2;
                    },
                    () -> {
                        v.y = 1;
                        if (!c.trySend(1)) v.x = 2;
                    });
        });
    }

    @Test
    void noRaceChanPtr() {
        noRace(() -> {
            var c = Chan.<Vars>make();
            go(() -> {
                var sent = new Vars();
                sent.x = 1;
                c.send(sent);
            });
            Vars received = c.recv();
            received.x = 2;
        });
    }

    /// A receive is ordered after the send of its own value only.
    @Test
    void raceChanWrongSend() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make(2);
            go(() -> {
                v.x = 1;
                c.send(1);
            });
            go(() -> {
                v.y = 2;
                c.send(2);
            });
            sleep(PAUSE);
            if (c.recv() == 1) {
                v.y = 3;
            } else {
                v.x = 3;
            }
            c.recv();
        });
    }

    /// A receive of a value is not ordered after a close. A receive that finds the channel closed is not ordered after the send
    /// that failed.
    @Test
    void raceChanWrongClose() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make(1);
            var done = Chan.<Boolean>make(2);
            go(() -> {
                v.x = 1;
                try {
                    c.send(1);
                } catch (ChanClosedException late) {
                    use(late);
                }
                done.send(true);
            });
            go(() -> {
                sleep(PAUSE);
                v.y = 2;
                c.close();
                done.send(true);
            });
            sleep(PAUSE.multipliedBy(2));
            switch (c.recvOk()) {
                case Value(_) -> v.y = 2;
                case Closed() -> v.x = 2;
            }
            done.recv();
            done.recv();
        });
    }

    @Test
    void noRaceChanCloseLen() {
        noRace(() -> {
            var c = Chan.<Integer>make(10);
            goroutines(() -> use(c.len()), c::close);
        });
    }

    @Test
    void noRaceChanCloseCap() {
        noRace(() -> {
            var c = Chan.<Integer>make(10);
            goroutines(() -> use(c.cap()), c::close);
        });
    }

    /// A close happens before a receive that finds the channel closed, also in a select with a default.
    @Test
    void noRaceCloseHappensBeforeRead() {
        noRace(() -> {
            var v = new Vars();
            var write = Chan.<Void>make();
            goroutines(
                    () -> {
                        if (write.tryRecv() instanceof Closed<Void>) use(v.x);
                    },
                    () -> {
                        v.x = 1;
                        write.close();
                    });
        });
    }
}
