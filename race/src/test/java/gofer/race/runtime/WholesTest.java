package gofer.race.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Which objects are one variable.
@SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder", "IdentityHashMapBoxing"})
class WholesTest {

    @Test
    void collectionsAndTextBuildersAreVariables() {
        for (Object object :
                List.of(
                        new ArrayDeque<>(),
                        new ArrayList<>(),
                        new BitSet(),
                        new EnumMap<>(ThreadKind.class),
                        new HashMap<>(),
                        new IdentityHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedList<>(),
                        new PriorityQueue<>(),
                        new StringBuilder(),
                        new TreeMap<>())) {
            assertThat(Wholes.variable(object)).isSameAs(object);
        }
    }

    @Test
    void otherObjectsAreNot() {
        for (Object object :
                List.of(
                        new Object(),
                        "text",
                        new StringBuffer(),
                        new Vector<>(),
                        new ConcurrentHashMap<>(),
                        new CopyOnWriteArrayList<>(),
                        List.of(1),
                        Collections.synchronizedList(new ArrayList<>()),
                        new Shop())) {
            assertThat(Wholes.variable(object)).as(object.getClass().getName()).isNull();
        }
    }

    @Test
    void viewsAndIteratorsAreTheCollection() {
        for (Collection<Integer> collection :
                List.<Collection<Integer>>of(
                        new ArrayDeque<>(), new ArrayList<>(), new LinkedList<>(), new PriorityQueue<>())) {
            collection.add(1);
            assertThat(Wholes.variable(collection.iterator())).isSameAs(collection);
        }
        for (Map<Integer, Integer> map :
                List.<Map<Integer, Integer>>of(
                        new HashMap<>(), new LinkedHashMap<>(), new TreeMap<>(), new IdentityHashMap<>())) {
            for (Object view : List.of(map.keySet(), map.values(), map.entrySet(), map.keySet().iterator())) {
                assertThat(Wholes.variable(view)).as(view.getClass().getName()).isSameAs(map);
            }
        }
        var list = new ArrayList<>(List.of(1, 2, 3));
        assertThat(Wholes.variable(list.subList(0, 2).subList(0, 1))).isSameAs(list);
        assertThat(Wholes.variable(list.subList(0, 2).iterator())).isSameAs(list);
        var tree = new TreeMap<Integer, Integer>();
        assertThat(Wholes.variable(tree.headMap(3).keySet())).isSameAs(tree);
        assertThat(Wholes.variable(tree.descendingMap())).isSameAs(tree);
    }

    @Test
    void setsAreTheSameVariableAsTheirIterators() {
        for (Set<Integer> set : List.<Set<Integer>>of(new HashSet<>(), new TreeSet<>())) {
            assertThat(Wholes.variable(set)).isNotNull().isSameAs(Wholes.variable(set.iterator()));
        }
    }

    @Test
    void subclassesThatOverrideNothingAreVariables() {
        Object plain = new ArrayList<Integer>() {};
        Object locked =
                new ArrayList<Integer>() {
                    @Override
                    public synchronized boolean add(Integer element) {
                        return super.add(element);
                    }
                };
        assertThat(Wholes.variable(plain)).isSameAs(plain);
        assertThat(Wholes.variable(locked)).isNull();
    }
}
