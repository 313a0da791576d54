package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.runtime.park.HolderId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The records of permits. The threads are never started; only their ids matter.
class PermitHoldersTest {

    private final Thread one = thread();
    private final Thread another = thread();

    /// Ids are consecutive, so with two slots, two of three threads begin at the same slot.
    private final Thread third = thread();

    private final PermitHolders holders = new PermitHolders(2);

    private static Thread thread() {
        return Thread.ofVirtual().unstarted(() -> {});
    }

    private static Long[] ids(Thread... threads) {
        return Stream.of(threads).map(HolderId::of).sorted().toArray(Long[]::new);
    }

    @Test
    void holdersOfPermitsAreRecorded() {
        holders.add(one, 1);
        holders.add(third, 1);
        assertThat(holders.ids(2)).containsExactly(ids(one, third));
        assertThat(holders.remove(third, 1)).isTrue();
        holders.add(another, 1);
        assertThat(holders.ids(2)).containsExactly(ids(one, another));
        assertThat(holders.remove(one, 1)).isTrue();
        assertThat(holders.remove(another, 1)).isTrue();
        assertThat(holders.ids(0)).isEmpty();
    }

    @Test
    void permitsMayBeAcquiredTogetherAndReleasedOneByOne() {
        holders.add(one, 2);
        assertThat(holders.remove(one, 1)).isTrue();
        assertThat(holders.ids(1)).containsExactly(ids(one));
        holders.add(another, 1);
        assertThat(holders.remove(one, 1)).isTrue();
        assertThat(holders.ids(1)).containsExactly(ids(another));
    }

    @Test
    void permitsMayBeAcquiredOneByOneAndReleasedTogether() {
        holders.add(one, 1);
        holders.add(one, 1);
        assertThat(holders.ids(2)).containsExactly(ids(one));
        assertThat(holders.remove(one, 2)).isTrue();
        assertThat(holders.ids(0)).isEmpty();
    }

    @Test
    void holderOfTooFewPermitsIsNotMatched() {
        holders.add(one, 1);
        assertThat(holders.remove(another, 1)).isFalse();
        assertThat(holders.remove(one, 2)).isFalse();
    }

    /// Permits may be acquired but not recorded yet, or released in the records but not yet in the semaphore.
    @Test
    void noHolderIsNamedIfPermitsAreMissing() {
        holders.add(one, 1);
        assertThat(holders.ids(2)).isEmpty();
    }
}
