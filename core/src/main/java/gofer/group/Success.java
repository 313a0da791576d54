package gofer.group;

import java.util.Objects;

/// The task returned `value`.
public record Success<T>(T value) implements Outcome<T> {

    /// Checks that the value is not null.
    public Success {
        Objects.requireNonNull(value, "value");
    }
}
