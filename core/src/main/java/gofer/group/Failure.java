package gofer.group;

import java.util.Objects;

/// The task threw `thrown`, or was not started because the group's context was cancelled with this cause.
public record Failure<T>(Throwable thrown) implements Outcome<T> {

    /// Checks that the exception is not null.
    public Failure {
        Objects.requireNonNull(thrown, "thrown");
    }
}
