package user;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gofer.testing.Bubble;
import gofer.testing.Explore;
import org.junit.jupiter.api.Test;

/// Without `--add-opens`, bubbles and explorations fail with a message that names the flag.
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
