package gofer.race.edges;

import java.util.Locale;
import java.util.Set;

/// Which fields order threads, in one method of the JDK.
///
/// @param ignored the fields that do not, in lower case
/// @param noAcquire whether the other fields have no acquires
record FieldRule(Set<String> ignored, boolean noAcquire) {

    /// Returns the order of an operation on a field, or on an element of an array if `field` is empty. The letter case of the
    /// name does not matter.
    Order order(String field, Order order) {
        if (ignored.contains(field.toLowerCase(Locale.ROOT))) {
            return Order.NONE;
        }
        return noAcquire && !field.isEmpty() ? order.withoutAcquire() : order;
    }
}
