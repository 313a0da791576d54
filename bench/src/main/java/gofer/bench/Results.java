package gofer.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of the rows, by the name of the peer.
///
/// @param measured the measured values, which are times for most rows
/// @param processor the processor times
record Results(Map<Row, Map<String, Figure>> measured, Map<Row, Map<String, Figure>> processor) {

    Results() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    void add(Row row, String peer, Figure measured, Figure processor) {
        this.measured.computeIfAbsent(row, _ -> new LinkedHashMap<>()).put(peer, measured);
        this.processor.computeIfAbsent(row, _ -> new LinkedHashMap<>()).put(peer, processor);
    }

    /// Returns the measured figures of `row`.
    Map<String, Figure> of(Row row) {
        return measured.getOrDefault(row, Map.of());
    }
}
