package gofer.race.runtime;

import static gofer.race.runtime.Hooked.oneAfterTheOther;
import static gofer.race.runtime.Hooked.site;
import static gofer.race.runtime.Hooked.variables;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Calls that change a collection, an element of it, or nothing.
class ChangesTest implements WithDetector {

    private static final int SITE = site(1);

    /// Returns the variables of the races of two threads that run `body` one after the other.
    private static List<String> twice(Runnable body) {
        Reports.clear();
        oneAfterTheOther(body, body);
        return variables();
    }

    private static void change(Object collection, Runnable call) {
        int size = WholeHooks.begin(collection, SITE);
        call.run();
        WholeHooks.end(collection, size, SITE);
    }

    @Test
    void aCallThatChangesNothingIsARead() {
        var set = new HashSet<>(List.of(1));
        Map<Integer, Integer> map = new HashMap<>(Map.of(1, 1));
        assertThat(twice(() -> change(set, () -> set.add(1)))).isEmpty();
        assertThat(twice(() -> change(set, () -> set.remove(2)))).isEmpty();
        assertThat(twice(() -> change(map, () -> map.computeIfAbsent(1, _ -> 2)))).isEmpty();
        assertThat(twice(() -> change(map.keySet(), () -> map.keySet().retainAll(List.of(1))))).isEmpty();
    }

    @Test
    void aCallThatChangesTheSizeIsAWrite() {
        var list = new ArrayList<Integer>();
        assertThat(twice(() -> change(list, () -> list.add(1)))).containsOnly("ArrayList");
        var map = new HashMap<>(Map.of(1, 1, 2, 2));
        assertThat(twice(() -> change(map.keySet(), () -> map.keySet().removeIf(_ -> map.size() == 2))))
                .containsOnly("HashMap");
        Reports.clear();
        oneAfterTheOther(() -> WholeHooks.readWhole(map, SITE), () -> change(map, map::clear));
        assertThat(variables()).containsOnly("HashMap");
    }

    @Test
    void anObjectWithoutSizeIsWritten() {
        var bits = new BitSet();
        assertThat(twice(() -> change(bits, bits::clear))).containsOnly("BitSet");
    }

    @Test
    void aMapInTheOrderOfAccessIsWritten() {
        var plain = new LinkedHashMap<>(Map.of(1, 1));
        assertThat(twice(() -> WholeHooks.readValue(plain, SITE))).isEmpty();
        var accessed = new LinkedHashMap<Integer, Integer>(16, 0.75f, true);
        assertThat(twice(() -> WholeHooks.readValue(accessed, SITE))).containsOnly("LinkedHashMap");
        assertThat(twice(() -> change(accessed, () -> accessed.computeIfAbsent(1, _ -> 1))))
                .containsOnly("LinkedHashMap");
    }

    @Test
    void elementsOfAListAreVariables() {
        var list = new ArrayList<Integer>(List.of(1, 2, 3));
        assertThat(twice(() -> WholeHooks.useItem(list, 70, true, SITE))).containsOnly("element 70 of ArrayList");
        Reports.clear();
        oneAfterTheOther(
                () -> WholeHooks.useItem(list, 0, true, SITE),
                () -> WholeHooks.useItem(list, 1, true, SITE),
                () -> WholeHooks.useItem(list, 2, false, SITE),
                () -> WholeHooks.useItem(list, 2, false, SITE));
        assertThat(variables()).isEmpty();
        oneAfterTheOther(() -> WholeHooks.writeWhole(list, SITE));
        assertThat(variables()).containsOnly("ArrayList");
    }

    @Test
    void elementsOfAViewAreNotKnown() {
        List<Integer> view = new ArrayList<>(List.of(1, 2, 3)).subList(1, 3);
        assertThat(twice(() -> WholeHooks.useItem(view, 0, true, SITE))).isEmpty();
    }
}
