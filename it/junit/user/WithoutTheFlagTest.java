package user;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gofer.testing.Bubble;
import gofer.testing.Explore;
import org.junit.jupiter.api.Test;

/// Tests that fail since they cannot be controlled, with a message that says what is missing.
class WithoutTheFlagTest {
    @Test
    void bubbleIsRefused() {
        var refused = assertThrows(IllegalStateException.class, () -> Bubble.run(() -> {}));
        assertTrue(refused.getMessage().contains("--add-opens"), refused.getMessage());
    }

    @Test
    void explorationIsRefused() {
        var refused = assertThrows(IllegalStateException.class, () -> Explore.run(() -> {}));
        assertTrue(refused.getMessage().contains("--add-opens"), refused.getMessage());
    }
}
