package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WholeCallsTest {

    @Test
    void callsReadOrWriteTheirCollection() {
        assertThat(run("list.add(1); list.add(0, 2); list.set(0, 3); return list.get(1);"))
                .containsExactly(
                        "writeWhole ArrayList",
                        "writeWhole ArrayList",
                        "writeItem ArrayList 0",
                        "readItem ArrayList 1");
        assertThat(run("map.put(1L, 2.0); map.merge(1L, 2.0, Double::sum); return map.containsKey(1L);"))
                .containsExactly("writeWhole HashMap", "writeWhole HashMap", "readWhole HashMap");
        assertThat(run("deque.push(3); return deque.poll();"))
                .containsExactly("writeWhole ArrayDeque", "begin ArrayDeque", "end ArrayDeque 7");
        assertThat(run("return ((Object) list).toString();")).containsExactly("readWhole ArrayList");
        assertThat(run("return list.getClass();")).isEmpty();
    }

    @Test
    void callsThatMayChangeNothingCompareTheSize() {
        String[] calls = {"set.add(1)", "set.remove(3)", "set.removeIf(each -> each > 3)", "set.clear()"};
        for (String call : calls) {
            assertThat(run(call + "; return 0;")).as(call).containsExactly("begin HashSet", "end HashSet 7");
        }
        assertThat(run("map.computeIfAbsent(1L, key -> 2.0); map.putIfAbsent(1L, 3.0); return map.remove(1L, 4.0);"))
                .containsExactly(
                        "begin HashMap",
                        "end HashMap 7",
                        "begin HashMap",
                        "end HashMap 7",
                        "begin HashMap",
                        "end HashMap 7");
        assertThat(run("ToIntFunction<Integer> add = each -> 0; Predicate<Integer> p = set::add; return p.test(1);"))
                .containsExactly("begin HashSet", "end HashSet 7");
        assertThat(
                        run(
                                "set.add(1); try { set.removeIf(each -> { throw new IllegalStateException(); }); }"
                                        + " catch (IllegalStateException e) { return 1; } return 0;"))
                .containsExactly("begin HashSet", "end HashSet 7", "begin HashSet");
    }

    @Test
    void otherChangesAreWrites() {
        assertThat(run("map.replace(1L, 2.0); bits.set(1); bits.clear(); text.replace(0, 0, \"a\"); return 0;"))
                .containsExactly(
                        "writeWhole HashMap", "writeWhole BitSet", "writeWhole BitSet", "writeWhole StringBuilder");
        assertThat(run("map.replaceAll((key, value) -> value); one.remove(0); return 0;"))
                .containsExactly("writeWhole HashMap", "writeWhole ArrayList");
    }

    @Test
    void aValueOfAMapMayMoveItsKey() {
        assertThat(run("map.get(1L); return map.getOrDefault(1L, 2.0);"))
                .containsExactly("readValue HashMap", "readValue HashMap");
    }

    @Test
    void swappedElementsAreWritten() {
        assertThat(run("Collections.swap(one, 0, 0); return 0;"))
                .containsExactly("writeItem ArrayList 0", "writeItem ArrayList 0");
    }

    @Test
    void aLoopReadsThroughItsIterator() {
        assertThat(run("for (int each : one) { deque.add(each); } return 0;"))
                .containsExactly(
                        "readWhole ArrayList",
                        "readWhole Itr",
                        "readWhole Itr",
                        "writeWhole ArrayDeque",
                        "readWhole Itr");
        assertThat(run("var all = one.iterator(); all.next(); all.remove(); return 0;"))
                .containsExactly("readWhole ArrayList", "readWhole Itr", "writeWhole Itr");
    }

    @Test
    void textsAreRecorded() {
        assertThat(run("text.append(1).append('c').append(2L).append(\"s\"); return text.length();"))
                .startsWith("writeWhole StringBuilder", "writeWhole StringBuilder", "writeWhole StringBuilder")
                .contains("readWhole StringBuilder");
        assertThat(run("CharSequence chars = text; return chars.length();")).containsExactly("readWhole StringBuilder");
    }

    @Test
    void argumentsAreRecorded() {
        assertThat(run("list.addAll(one); return 0;"))
                .containsExactly("begin ArrayList", "readWhole ArrayList", "end ArrayList 7");
        assertThat(run("return new ArrayList<>(deque).size();")).startsWith("readWhole ArrayDeque");
        assertThat(run("Collections.sort(list); return 0;")).containsExactly("writeWhole ArrayList");
        assertThat(run("Collections.addAll(deque, 1, 2); return 0;")).containsExactly("writeWhole ArrayDeque");
        assertThat(run("return Collections.max(one);")).containsExactly("readWhole ArrayList");
        assertThat(run("return String.valueOf(one);")).containsExactly("readWhole ArrayList");
        assertThat(run("return List.copyOf(one).size();")).startsWith("readWhole ArrayList");
        assertThat(run("return String.join(\",\", names);")).contains("readWhole ArrayList");
        assertThat(run("int n = 3; return \"all \" + n + list + 4L + map;"))
                .containsExactly("readWhole ArrayList", "readWhole HashMap");
    }

    @Test
    void subclassesInheritTheCalls() {
        assertThat(run("Names more = new Names(); more.add(\"s\"); more.put(\"t\"); return more.size();"))
                .containsExactly("writeWhole Names", "writeWhole Names", "readWhole Names");
        assertThat(run("Group group = new Names(); group.add(\"s\"); return group.isEmpty();"))
                .containsExactly("begin Names", "end Names 7", "readWhole Names");
    }

    @Test
    void methodReferencesAreRecorded() {
        assertThat(run("IntConsumer adder = deque::add; adder.accept(3); return 0;"))
                .containsExactly("writeWhole ArrayDeque");
        assertThat(run("ToIntFunction<List<Integer>> size = List::size; return size.applyAsInt(one);"))
                .containsExactly("readWhole ArrayList");
        assertThat(run("Function<List<Integer>, List<Integer>> copy = ArrayList::new; return copy.apply(one).get(0);"))
                .containsExactly("readWhole ArrayList", "readItem ArrayList 0");
        assertThat(run("LongFunction<String> text = String::valueOf; return text.apply(3);")).isEmpty();
        assertThat(run("return reference(list).test(3);")).containsExactly("writeWhole ArrayList");
    }

    @Test
    void aReferenceThatCanBeSerializedStaysAsItIs() {
        assertThat(run("var adder = (Runnable & java.io.Serializable) list::clear; adder.run(); return 0;")).isEmpty();
    }

    @Test
    void collectionsOfOtherPackagesAreNotRecorded() {
        assertThat(run("return new java.util.concurrent.ConcurrentLinkedQueue<>(one).size();"))
                .doesNotContain("readWhole ConcurrentLinkedQueue");
    }

    private static List<String> run(String body) {
        return Rewritten.of(
                        """
                        import java.util.*;
                        import java.util.function.*;
                        interface Group extends Collection<String> {}
                        class Names extends ArrayList<String> implements Group {
                            void put(String name) { super.add(name); }
                        }
                        class Main implements Referring {
                            static final List<Integer> list = new ArrayList<>();
                            static final ArrayList<Integer> one = new ArrayList<>(List.of(1));
                            static final List<String> names = new ArrayList<>(List.of("a"));
                            static final Map<Long, Double> map = new HashMap<>();
                            static final Deque<Integer> deque = new ArrayDeque<>();
                            static final Set<Integer> set = new HashSet<>();
                            static final BitSet bits = new BitSet();
                            static final StringBuilder text = new StringBuilder();
                            static Predicate<Integer> reference(List<Integer> list) {
                                return new Main().referTo(list);
                            }
                            static Object run() {
                                BODY
                            }
                        }
                        interface Referring {
                            default Predicate<Integer> referTo(List<Integer> list) { return list::add; }
                        }
                        """
                                .replace("BODY", body))
                .run();
    }
}
