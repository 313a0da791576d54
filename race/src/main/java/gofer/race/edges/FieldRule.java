package gofer.race.edges;

import java.util.Locale;
import java.util.Set;

/// Which fields order threads, in one method of the JDK.
///
/// @param ignored the fields that do not, in lower case
/// @param fieldsAcquire whether a read of another field is an acquire
/// @param elementsAcquire whether a read of an element of an array is an acquire
record FieldRule(Set<String> ignored, boolean fieldsAcquire, boolean elementsAcquire) {

    /// Returns the order of an operation on a field, or on an element of an array if `field` is empty. The letter case of the
    /// name does not matter.
    Order order(String field, Order order) {
        if (ignored.contains(field.toLowerCase(Locale.ROOT))) {
            return Order.NONE;
        }
        boolean acquires = field.isEmpty() ? elementsAcquire : fieldsAcquire;
        return acquires ? order : order.withoutAcquire();
    }
}
