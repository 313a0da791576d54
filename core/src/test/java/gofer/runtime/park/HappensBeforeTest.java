package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.Select;
import gofer.chan.SendCase;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.time.Alarm;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The edges of channels and selects: MM-01 to MM-04.
class HappensBeforeTest {

    private final VectorClocks clocks = new VectorClocks();

    @AfterEach
    void close() {
        clocks.close();
    }

    @Test
    void withoutRecorderNothingIsRecorded() {
        clocks.mark("unrecorded");
        HappensBefore.recordNoLonger();
        Object object = new Object();
        HappensBefore.release(object);
        HappensBefore.pass(object, object, 1);
        assertThat(HappensBefore.isRecorded()).isFalse();
        HappensBefore.record(clocks);
        clocks.run(
                "reader",
                () -> {
                    HappensBefore.acquire(object);
                    assertThat(clocks.sees("unrecorded")).isFalse();
                });
    }

    @Test
    void sendThroughRingOrdersItsReceiveOnly() {
        Chan<Integer> chan = Chan.make(2);
        clocks.mark("before 1");
        chan.send(1);
        clocks.mark("before 2");
        assertThat(chan.trySend(2)).isTrue();
        clocks.mark("after 2");
        clocks.run(
                "receiver",
                () -> {
                    assertThat(chan.len() + chan.cap()).isEqualTo(4);
                    assertThat(clocks.sees("before 1")).isFalse();
                    assertThat(chan.recv()).isEqualTo(1);
                    assertThat(clocks.sees("before 1")).isTrue();
                    assertThat(clocks.sees("before 2")).isFalse();
                    assertThat(chan.tryRecv().toString()).contains("2");
                    assertThat(clocks.sees("before 2")).isTrue();
                    assertThat(clocks.sees("after 2")).isFalse();
                });
        assertThat(clocks.sees("receiver")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void sendToWaitingReceiver(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        Goroutine receiver =
                clocks.go(
                        "receiver",
                        () -> {
                            assertThat(chan.recv()).isEqualTo(1);
                            assertThat(clocks.sees("before")).isTrue();
                            assertThat(clocks.sees("after")).isFalse();
                        });
        Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
        clocks.mark("before");
        assertThat(chan.trySend(1)).isTrue();
        clocks.mark("after");
        assertThat(clocks.sees("receiver")).isEqualTo(capacity == 0);
    }

    @Test
    void receiveFromWaitingSender() {
        Chan<Integer> chan = Chan.make();
        Goroutine sender =
                clocks.go(
                        "sender",
                        () -> {
                            chan.send(1);
                            assertThat(clocks.sees("before")).isTrue();
                            assertThat(clocks.sees("after")).isFalse();
                        });
        Eventually.blocked(sender, WaitReason.CHAN_SEND);
        clocks.mark("before");
        assertThat(chan.recv()).isEqualTo(1);
        clocks.mark("after");
        assertThat(clocks.sees("sender")).isTrue();
    }

    @Test
    void receiveOrdersTheSendOfOneCapacityLater() {
        Chan<Integer> chan = Chan.make(2);
        chan.send(1);
        chan.send(2);
        clocks.mark("receive 1");
        assertThat(chan.recv()).isEqualTo(1);
        clocks.mark("receive 2");
        assertThat(chan.recv()).isEqualTo(2);
        clocks.run(
                "sender",
                () -> {
                    chan.send(3);
                    assertThat(clocks.sees("receive 1")).isTrue();
                    assertThat(clocks.sees("receive 2")).isFalse();
                    chan.send(4);
                    assertThat(clocks.sees("receive 2")).isTrue();
                });
    }

    @Test
    void receiveThatWaitedOrdersTheSendOfOneCapacityLater() {
        Chan<Integer> chan = Chan.make(2);
        Goroutine receiver = clocks.go("receive 1", () -> assertThat(chan.recv()).isEqualTo(1));
        Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
        clocks.mark("send 1");
        chan.send(1);
        Eventually.ended(receiver);
        clocks.run(
                "sender",
                () -> {
                    chan.send(2);
                    assertThat(clocks.sees("receive 1")).isFalse();
                    chan.send(3);
                    assertThat(clocks.sees("receive 1")).isTrue();
                });
        clocks.run(
                "receiver",
                () -> {
                    assertThat(chan.recv()).isEqualTo(2);
                    assertThat(clocks.sees("sender")).isTrue();
                });
    }

    @Test
    void receiveOrdersTheWaitingSendThatTakesItsSlot() {
        Chan<Integer> chan = Chan.make(1);
        chan.send(1);
        Goroutine sender =
                clocks.go(
                        "sender",
                        () -> {
                            chan.send(2);
                            assertThat(clocks.sees("receive 1")).isTrue();
                            assertThat(clocks.sees("receive 2")).isFalse();
                        });
        Eventually.blocked(sender, WaitReason.CHAN_SEND);
        clocks.mark("receive 1");
        assertThat(chan.recv()).isEqualTo(1);
        assertThat(clocks.sees("sender")).isFalse();
        clocks.mark("receive 2");
        assertThat(chan.recv()).isEqualTo(2);
        assertThat(clocks.sees("sender")).isTrue();
    }

    @Test
    void closeOrdersReceivesThatSeeIt() {
        Chan<Integer> chan = Chan.make(1);
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> {
                            assertThat(chan.recvOk()).isEqualTo(new Closed<>());
                            assertThat(clocks.sees("before")).isTrue();
                            assertThat(clocks.sees("after")).isFalse();
                        });
        Eventually.blocked(waiting, WaitReason.CHAN_RECEIVE);
        clocks.mark("before");
        chan.close();
        clocks.mark("after");
        clocks.run(
                "sender",
                () -> {
                    assertThatThrownBy(() -> chan.send(1)).isInstanceOf(ChanClosedException.class);
                    assertThatThrownBy(() -> chan.trySend(1)).isInstanceOf(ChanClosedException.class);
                    assertThat(clocks.sees("before")).isFalse();
                });
        clocks.run(
                "receiver",
                () -> {
                    assertThat(chan.recvOk()).isEqualTo(new Closed<>());
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                });
        clocks.run(
                "trying receiver",
                () -> {
                    assertThat(chan.tryRecv()).isEqualTo(new Closed<>());
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("receiver")).isFalse();
                });
        assertThat(clocks.sees("waiting")).isFalse();
    }

    @Test
    void closeOrdersTheFailureOfWaitingSend() {
        Chan<Integer> chan = Chan.make();
        Goroutine sender =
                clocks.go(
                        "sender",
                        () -> {
                            assertThatThrownBy(() -> chan.send(1)).isInstanceOf(ChanClosedException.class);
                            assertThat(clocks.sees("before")).isTrue();
                        });
        Eventually.blocked(sender, WaitReason.CHAN_SEND);
        clocks.mark("before");
        chan.close();
        assertThat(clocks.sees("sender")).isFalse();
    }

    @Test
    void failedTryOrdersNothing() {
        Chan<Integer> full = Chan.make(1);
        Chan<Integer> empty = Chan.make(1);
        clocks.mark("before");
        full.send(1);
        empty.send(1);
        assertThat(empty.recv()).isEqualTo(1);
        Select select = new Select();
        select.recv(empty);
        SendCase<Integer> send = select.send(full);
        clocks.run(
                "other",
                () -> {
                    assertThat(full.trySend(2)).isFalse();
                    assertThat(empty.tryRecv().toString()).contains("Empty");
                    send.offer(2);
                    assertThat(select.poll()).isNull();
                    assertThat(clocks.sees("before")).isFalse();
                });
        assertThat(clocks.sees("other")).isFalse();
    }

    @Test
    void selectThatWaitsHasTheEdgesOfTheChosenOperation() {
        Chan<Integer> numbers = Chan.make();
        Chan<Integer> others = Chan.make();
        Goroutine selecting =
                clocks.go(
                        "selecting",
                        () -> {
                            Select select = new Select();
                            select.recv(numbers);
                            SendCase<Integer> send = select.send(others);
                            send.offer(1);
                            assertThat(select.await()).isSameAs(send);
                            assertThat(clocks.sees("receive")).isTrue();
                            send.enable(false);
                            clocks.mark("selecting again");
                            var _ = select.await();
                            assertThat(clocks.sees("send")).isTrue();
                        });
        Eventually.blocked(selecting, WaitReason.SELECT);
        clocks.mark("receive");
        assertThat(others.recv()).isEqualTo(1);
        assertThat(clocks.sees("selecting")).isTrue();
        clocks.mark("send");
        Eventually.that("selects again", () -> numbers.trySend(0));
        assertThat(clocks.sees("selecting again")).isTrue();
    }

    @Test
    void selectWithoutWaitHasTheEdgesOfTheChosenOperation() {
        Chan<Integer> numbers = Chan.make();
        Chan<Integer> others = Chan.make();
        Select select = new Select();
        select.recv(others);
        var receive = select.recv(numbers);
        Goroutine sender =
                clocks.go(
                        "sender",
                        () -> {
                            numbers.send(1);
                            assertThat(clocks.sees("before")).isTrue();
                        });
        Eventually.blocked(sender, WaitReason.CHAN_SEND);
        clocks.mark("before");
        assertThat(select.poll()).isSameAs(receive);
        assertThat(clocks.sees("sender")).isTrue();
    }

    @Test
    void settingOfTimerOrdersItsTime() {
        Alarm alarm = Alarm.in(Duration.ofDays(1));
        clocks.mark("before");
        alarm.reset(Duration.ZERO);
        clocks.mark("after");
        clocks.run(
                "other",
                () -> {
                    var _ = alarm.c().recv();
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                });
    }
}
