package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.runtime.park.HolderId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Notes on tokens. A thread is a name here: it does nothing.
class TakersTest {

    private final Thread one = name();
    private final Thread another = name();

    /// Ids are consecutive: of three names two begin to look at the same one of two slots.
    private final Thread third = name();

    private final Takers takers = new Takers(2);

    private static Thread name() {
        return Thread.ofVirtual().unstarted(() -> {});
    }

    private static Long[] ids(Thread... threads) {
        return Stream.of(threads).map(HolderId::of).sorted().toArray(Long[]::new);
    }

    @Test
    void whoHasTokensIsNoted() {
        takers.add(one, 1);
        takers.add(third, 1);
        assertThat(takers.ids(2)).containsExactly(ids(one, third));
        assertThat(takers.remove(third, 1)).isTrue();
        takers.add(another, 1);
        assertThat(takers.ids(2)).containsExactly(ids(one, another));
        assertThat(takers.remove(one, 1)).isTrue();
        assertThat(takers.remove(another, 1)).isTrue();
        assertThat(takers.ids(0)).isEmpty();
    }

    @Test
    void severalTokensMayComeTogetherAndGoOneByOne() {
        takers.add(one, 2);
        assertThat(takers.remove(one, 1)).isTrue();
        assertThat(takers.ids(1)).containsExactly(ids(one));
        takers.add(another, 1);
        assertThat(takers.remove(one, 1)).isTrue();
        assertThat(takers.ids(1)).containsExactly(ids(another));
    }

    @Test
    void severalTokensMayComeOneByOneAndGoTogether() {
        takers.add(one, 1);
        takers.add(one, 1);
        assertThat(takers.ids(2)).containsExactly(ids(one));
        assertThat(takers.remove(one, 2)).isTrue();
        assertThat(takers.ids(0)).isEmpty();
    }

    @Test
    void whoHasFewerCannotGiveThemBack() {
        takers.add(one, 1);
        assertThat(takers.remove(another, 1)).isFalse();
        assertThat(takers.remove(one, 2)).isFalse();
    }

    /// Tokens that somebody has taken and not noted yet, or given back as far as the notes say.
    @Test
    void whereTokensAreMissingNobodyIsNamed() {
        takers.add(one, 1);
        assertThat(takers.ids(2)).isEmpty();
    }
}
