package gofer.runtime;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A goroutine in whose way others wait.
///
/// @param id its id
/// @param text `goroutine 7 "name"`
record Blocker(long id, String text) {

    /// Those of `all`, by the ids of their threads, that are in the way of `wait`.
    static List<Blocker> of(Wait wait, Map<Long, Blocker> all) {
        return wait.blockers().stream().map(all::get).filter(Objects::nonNull).toList();
    }
}
