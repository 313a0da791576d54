package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.runtime.park.HolderId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Tests of the records of permits. A thread is only a name here, and does nothing.
class PermitHoldersTest {

    private final Thread one = name();
    private final Thread another = name();

    /// Ids are consecutive, so two of three names begin at the same one of two slots.
    private final Thread third = name();

    private final PermitHolders holders = new PermitHolders(2);

    private static Thread name() {
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

    /// Permits that were acquired but not recorded yet, or were released according to the records.
    @Test
    void noHolderIsNamedIfPermitsAreMissing() {
        holders.add(one, 1);
        assertThat(holders.ids(2)).isEmpty();
    }
}
