package gofer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.group.ErrGroup;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Where goroutines were created, as dumps tell it.
class OriginTest {

    private final Chan<String> sites = Chan.make(1);
    private final Body tellSite = () -> sites.send(Objects.requireNonNull(G.current()).createdAt());

    @Test
    void aTaskOfAGroupWasCreatedWhereItWasHandedOver() {
        ErrGroup group = new ErrGroup().limit(2);
        int line = line() + 1;
        group.go(() -> tellSite.run());
        assertThat(sites.recv()).endsWith("OriginTest.java:" + line + ")");
        group.tryGo(() -> tellSite.run());
        assertThat(sites.recv()).endsWith("OriginTest.java:" + (line + 2) + ")");
    }

    @Test
    void ofALambdaThePlaceIsRememberedOfAnObjectItIsLookedUp() {
        Body once = () -> {};
        Body each =
                new Body() {
                    @Override
                    public void run() {}
                };
        List<Origin> origins = List.of(Origin.of(once), Origin.of(each), Origin.of(once), Origin.of(each));
        assertThat(origins.get(2).site()).isSameAs(origins.get(0).site());
        assertThat(origins.get(3).site()).isEqualTo(origins.get(1).site()).isNotSameAs(origins.get(1).site());
    }

    private static int line() {
        return StackWalker.getInstance().walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }
}
