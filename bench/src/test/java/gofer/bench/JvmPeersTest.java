package gofer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.bench.peers.GoferPeer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The peers that need nothing but the JDK do what the rows say.
final class JvmPeersTest {

    private static final String OUR_SCHEDULER = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    @Test
    void goferHasAllRows() throws IOException {
        try (var peer = new PeerProcess(GoferPeer.class)) {
            assertThat(peer.rows()).containsExactlyInAnyOrderElementsOf(Rows.all().stream().map(Row::name).toList());
        }
    }

    @Test
    void goferIsRightOnItsOwnScheduler() throws IOException {
        try (var peer = new PeerProcess(GoferPeer.class, OUR_SCHEDULER)) {
            assertThat(peer.version()).isEqualTo("Gofer GOFER");
            assertThat(wrong(peer)).isEmpty();
        }
    }

    @Test
    void goferIsRightOnTheSchedulerOfTheJdk() throws IOException {
        try (var peer = new PeerProcess(GoferPeer.class)) {
            assertThat(peer.version()).isEqualTo("Gofer JDK");
            assertThat(wrong(peer)).isEmpty();
        }
    }

    /// The rows that `peer` has and gets wrong, each run with a hundredth of its operations.
    private static List<String> wrong(PeerProcess peer) throws IOException {
        List<String> wrong = new ArrayList<>();
        assertThat(peer.ask("procs 2")).isEqualTo("0 0");
        for (Row row : Rows.all()) {
            if (peer.rows().contains(row.name())) {
                int n = row.n() / 100;
                String answer = peer.ask(row.name() + " " + n);
                if (!answer.matches("-?\\d+ " + row.result().applyAsLong(n))) {
                    wrong.add(row.name() + " " + n + ": " + answer);
                }
            }
        }
        return wrong;
    }
}
