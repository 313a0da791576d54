package gofer.runtime.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.group.ErrGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where goroutines were created, as shown in dumps.
class OriginTest {

    private final Chan<String> sites = Chan.make(1);
    private final Body sendSite = () -> sites.send(Objects.requireNonNull(G.current()).createdAt());

    @Test
    void taskOfAGroupWasCreatedWhereItWasSubmitted() {
        ErrGroup group = new ErrGroup().limit(2);
        int line = line() + 1;
        group.go(() -> sendSite.run());
        assertThat(sites.recv()).endsWith("OriginTest.java:" + line + ")");
        assertThat(group.tryGo(() -> sendSite.run())).isTrue();
        assertThat(sites.recv()).endsWith("OriginTest.java:" + (line + 2) + ")");
    }

    @Test
    void placeIsCachedForLambdasAndLookedUpForOtherObjects() {
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

    /// Only the last ancestors are kept, so that long chains do not fill the memory.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 40})
    void lastAncestorsAreKnown(int generations) {
        Chan<List<G>> result = Chan.make(1);
        startChain(generations, List.of(), result);
        List<G> all = result.recv();
        List<String> lines = all.getLast().origin().ancestors().lines().toList();
        assertThat(lines).hasSizeBetween(Math.min(1, generations - 1), 15);
        if (generations <= 16) {
            assertThat(lines).hasSize(generations - 1);
        }
        for (int i = 0; i < lines.size(); i++) {
            G ancestor = all.get(all.size() - 2 - i);
            assertThat(lines.get(i)).isEqualTo("goroutine " + ancestor.id() + " was " + ancestor.origin());
        }
    }

    private static void startChain(int generations, List<G> before, Chan<List<G>> result) {
        var _ =
                Goroutines.start(
                        "",
                        () -> {
                            List<G> all = new ArrayList<>(before);
                            all.add(Objects.requireNonNull(G.current()));
                            if (generations > 1) {
                                startChain(generations - 1, all, result);
                            } else {
                                result.send(all);
                            }
                        });
    }

    private static int line() {
        return StackWalker.getInstance().walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }
}
