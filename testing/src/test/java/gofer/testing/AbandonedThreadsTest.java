package gofer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.runtime.base.JdkHooks;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Plain virtual threads that a schedule leaves behind never run again. The JDK keeps sets of all virtual threads. These sets must
/// not keep the abandoned threads alive.
final class AbandonedThreadsTest {

    private static final String NAME = "abandoned";

    @Test
    void jdkForgetsAbandonedThreads() {
        var found = Explore.schedules(3).search(() -> Thread.ofVirtual().name(NAME).start(LockSupport::park));
        assertThat(found.faults()).isNotEmpty();
        assertThat(JdkHooks.trackedThreads()).noneMatch(thread -> thread.getName().equals(NAME));
    }
}
