package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.runtime.park.HolderId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Notes on permits. A thread is a name here: it does nothing.
class PermitHoldersTest {

    private final Thread one = name();
    private final Thread another = name();

    /// Ids are consecutive: of three names two begin to look at the same one of two slots.
    private final Thread third = name();

    private final PermitHolders holders = new PermitHolders(2);

    private static Thread name() {
        return Thread.ofVirtual().unstarted(() -> {});
    }

    private static Long[] ids(Thread... threads) {
        return Stream.of(threads).map(HolderId::of).sorted().toArray(Long[]::new);
    }

    @Test
    void whoHasTokensIsNoted() {
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
    void severalTokensMayComeTogetherAndGoOneByOne() {
        holders.add(one, 2);
        assertThat(holders.remove(one, 1)).isTrue();
        assertThat(holders.ids(1)).containsExactly(ids(one));
        holders.add(another, 1);
        assertThat(holders.remove(one, 1)).isTrue();
        assertThat(holders.ids(1)).containsExactly(ids(another));
    }

    @Test
    void severalTokensMayComeOneByOneAndGoTogether() {
        holders.add(one, 1);
        holders.add(one, 1);
        assertThat(holders.ids(2)).containsExactly(ids(one));
        assertThat(holders.remove(one, 2)).isTrue();
        assertThat(holders.ids(0)).isEmpty();
    }

    @Test
    void whoHasFewerCannotGiveThemBack() {
        holders.add(one, 1);
        assertThat(holders.remove(another, 1)).isFalse();
        assertThat(holders.remove(one, 2)).isFalse();
    }

    /// Permits that somebody has taken and not noted yet, or given back as far as the notes say.
    @Test
    void whereTokensAreMissingNobodyIsNamed() {
        holders.add(one, 1);
        assertThat(holders.ids(2)).isEmpty();
    }
}
