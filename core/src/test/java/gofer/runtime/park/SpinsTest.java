package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.goroutine.WaitReason;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpinsTest {

    private static final Object CHANNEL = new Object();

    private final Spins spins = new Spins(true, () -> false);
    private final Sleeper asleep = new Sleeper(WaitReason.CHAN_SEND, CHANNEL);
    private final Sleeper woken = woken();

    private static Sleeper woken() {
        var sleeper = new Sleeper(WaitReason.CHAN_SEND, CHANNEL);
        sleeper.claim(new Waiter(sleeper));
        return sleeper;
    }

    /// Returns how many of `waits` waits spin.
    private int spinsIn(int waits, Sleeper sleeper) {
        int count = 0;
        for (int i = 0; i < waits; i++) {
            count += spins.spin(sleeper, WaitReason.CHAN_SEND, CHANNEL) ? 1 : 0;
        }
        return count;
    }

    @Test
    void afterFailuresMostWaitsDoNotSpin() {
        assertThat(spinsIn(4, asleep)).isEqualTo(4);
        assertThat(spinsIn(330, asleep)).isBetween(5, 15);
    }

    @Test
    void afterASuccessWaitsSpinAgain() {
        spinsIn(330, asleep);
        spinsIn(33, woken);
        assertThat(spinsIn(10, woken)).isEqualTo(10);
    }

    @Test
    void eachThreadParksFromTimeToTime() {
        assertThat(spinsIn(650, woken)).isEqualTo(640);
    }

    @ParameterizedTest
    @EnumSource(
            value = WaitReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CHAN_SEND", "CHAN_RECEIVE", "SELECT"})
    void onlyWaitsForChannelsSpin(WaitReason reason) {
        assertThat(spins.spin(woken, reason, CHANNEL)).isFalse();
    }

    @Test
    void noWaitSpinsIfItIsNotAllowed() {
        assertThat(new Spins(false, () -> false).spin(woken, WaitReason.CHAN_SEND, CHANNEL)).isFalse();
    }

    @Test
    void noWaitSpinsDuringAPauseOfHandOffs() {
        assertThat(new Spins(true, () -> true).spin(woken, WaitReason.CHAN_SEND, CHANNEL)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partnersThatSpinLetOthersRun(boolean startedByAPartner) throws InterruptedException {
        var hasRun = new CountDownLatch(1);
        for (int i = 0; i < Math.max(1, Runtime.getRuntime().availableProcessors() / 2); i++) {
            startPair(hasRun, i == 0 && startedByAPartner);
        }
        if (!startedByAPartner) {
            Go.go(hasRun::countDown);
        }
        assertThat(hasRun.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void startPair(CountDownLatch hasRun, boolean starts) {
        Chan<Integer> there = Chan.make();
        Chan<Integer> back = Chan.make();
        Go.go(() -> {
            for (int i = 0; hasRun.getCount() > 0; i++) {
                if (starts && i == 1000) {
                    Go.go(hasRun::countDown);
                }
                there.send(i);
                back.recv();
            }
            there.close();
        });
        Go.go(() -> {
            for (int value : there) {
                back.send(value);
            }
        });
    }
}
