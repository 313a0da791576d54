package gofer.conformance.bubble;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.Pins;
import gofer.goroutine.Body;
import gofer.testing.Bubble;
import gofer.testing.Explore;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// A call of goexit in the body of a bubble or an exploration ends it successfully, as in Go.
class GoexitInBubblesTest {

    @Test
    @Pins("GO-08")
    void goexitIsInvisibleToTheCaller() throws Exception {
        List<Body> runs =
                List.of(
                        () -> Bubble.run(Go::goexit),
                        () -> Explore.schedules(3).check(Go::goexit),
                        () -> Explore.exhaustively().check(Go::goexit));
        for (Body run : runs) {
            for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                var seen = new ConcurrentLinkedQueue<Throwable>();
                kind.start(
                                () -> {
                                    try {
                                        run.run();
                                    } catch (Throwable thrown) {
                                        seen.add(thrown);
                                    }
                                })
                        .join();
                assertThat(seen).isEmpty();
            }
        }
    }
}
