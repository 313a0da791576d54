package user;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gofer.testing.Bubble;
import gofer.testing.Explore;
import org.junit.jupiter.api.Test;

/// A test that cannot run under control fails, and says what is missing.
class WithoutTheFlagTest {
    @Test
    void aBubbleIsRefused() {
        var refused = assertThrows(IllegalStateException.class, () -> Bubble.run(() -> {}));
        assertTrue(refused.getMessage().contains("--add-opens"), refused.getMessage());
    }

    @Test
    void anExplorationIsRefused() {
        var refused = assertThrows(IllegalStateException.class, () -> Explore.run(() -> {}));
        assertTrue(refused.getMessage().contains("--add-opens"), refused.getMessage());
    }
}
