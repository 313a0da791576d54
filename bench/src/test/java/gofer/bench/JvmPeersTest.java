package gofer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import gofer.bench.peers.GoferPeer;
import gofer.bench.peers.JdkPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tests the peers that need only the JDK.
@Timeout(600) // a test runs all rows, each with its own limit
final class JvmPeersTest {

    private static final Competitor GOFER =
            Competitor.onJvm(Competitor.WITH_FLAG, GoferPeer.class.getName(), List.of(Competitor.OUR_SCHEDULER));
    private static final Competitor GOFER_ON_JDK =
            Competitor.onJvm(Competitor.GOFER_ON_JDK, GoferPeer.class.getName(), Competitor.OPTIONS);
    private static final Competitor JDK = Competitor.onJvm(Competitor.JDK, JdkPeer.class.getName(), Competitor.OPTIONS);

    /// Only a row that hangs takes longer.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void goferHasExactlyTheDefinedRows() throws IOException {
        try (var peer = GOFER.start()) {
            assertThat(peer.rows()).isEqualTo(names());
        }
    }

    @Test
    void jdkHasNoOtherRows() throws IOException {
        try (var peer = JDK.start()) {
            assertThat(names()).containsAll(peer.rows());
        }
    }

    @Test
    void goferIsCorrectOnItsOwnScheduler() throws IOException {
        try (var peer = GOFER.start()) {
            assertThat(peer.version()).isEqualTo("Gofer on its own scheduler");
            runAll(peer);
        }
    }

    @Test
    void goferIsCorrectOnTheJdkScheduler() throws IOException {
        try (var peer = GOFER_ON_JDK.start()) {
            assertThat(peer.version()).isEqualTo("Gofer on the JDK's scheduler");
            runAll(peer);
        }
    }

    @Test
    void jdkIsCorrect() throws IOException {
        try (var peer = JDK.start()) {
            runAll(peer);
        }
    }

    @Test
    void runUsesProcessorTime() throws IOException {
        try (var peer = JDK.start()) {
            Row row = Rows.all().getFirst();
            assertThat(peer.run(row, row.n()).processor()).isPositive();
        }
    }

    private static Set<String> names() {
        return Rows.all().stream().map(Row::name).collect(Collectors.toSet());
    }

    /// Makes `peer` run each of its rows with a hundredth of the operations. Throws if a result is wrong.
    private static void runAll(PeerProcess peer) throws IOException {
        peer.setProcs(2);
        for (Row row : Rows.all()) {
            if (peer.has(row)) {
                assertTimeoutPreemptively(PATIENCE, () -> peer.run(row, row.n() / 100), row.name());
            }
        }
    }
}
