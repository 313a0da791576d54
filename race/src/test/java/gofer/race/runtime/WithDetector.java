package gofer.race.runtime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests during which the detector is on. They have no reports at the beginning.
interface WithDetector {

    @BeforeEach
    default void start() {
        Detector.start();
        Reports.clear();
        Shop.forget();
    }

    @AfterEach
    default void stop() {
        Detector.stop();
        Reports.clear();
    }
}
