package shop.agent;

import static shop.agent.Pair.both;
import static shop.agent.Pair.same;
import static shop.agent.Pair.twice;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/// Programs that pass shared objects to methods of the JDK, which read or write them.
final class ArgumentRaces {

    private ArgumentRaces() {}

    private record Basket(List<Integer> items, AtomicInteger price) {}

    /// A race between a write and two conversions to text, which must be equal.
    private static Race text(String name, Function<AtomicInteger, String> toText) {
        return new Race(
                name,
                lock -> {
                    var number = new AtomicInteger();
                    both(lock, number::incrementAndGet, () -> same(toText.apply(number), toText.apply(number)));
                });
    }

    /// A race between a write to an array and two reads of its elements, which must be equal.
    private static Race array(String name, Function<int[], Object> look) {
        return new Race(
                name,
                lock -> {
                    int[] array = {1, 0};
                    both(lock, () -> array[0] = 2, () -> same(look.apply(array), look.apply(array)));
                });
    }

    /// A race between a call that writes to an array and two reads of an element, which must be equal.
    private static Race written(String name, Consumer<int[]> writes) {
        return new Race(
                name,
                lock -> {
                    int[] array = {1, 0};
                    both(lock, () -> writes.accept(array), () -> same(array[0], array[0]));
                });
    }

    private static Race list(String name, Function<List<AtomicInteger>, Object> look) {
        return new Race(
                name,
                lock -> {
                    List<AtomicInteger> list = new ArrayList<>();
                    both(lock, () -> list.add(new AtomicInteger()), () -> same(look.apply(list), look.apply(list)));
                });
    }

    static List<Race> all() {
        return List.of(
                text("String.valueOf", String::valueOf),
                text("String.valueOf in a lambda", number -> String.valueOf(number)),
                text("String.format", number -> String.format("%s", number)),
                text("formatted", number -> "%s %s".formatted(1, number)),
                text("a concatenation", number -> "number " + number),
                text("a concatenation of much", number -> "a" + number + number + 1 + number + 2L + number),
                text("Object.toString", number -> ((Object) number).toString()),
                text("Objects.toString", Objects::toString),
                text("StringBuilder.append", number -> builder().append(number).toString()),
                text("StringBuilder.insert", number -> new StringBuilder().insert(0, number).toString()),
                text("the text of a list", number -> List.of(number).toString()),
                text("the text of a record", number -> new Basket(List.of(), number).toString()),
                text("Arrays.toString", number -> Arrays.toString(new Object[] {number})),
                text(
                        "a PrintWriter",
                        number -> {
                            var text = new StringWriter();
                            new PrintWriter(text).print(number);
                            return text.toString();
                        }),
                text(
                        "a PrintStream",
                        number -> {
                            var bytes = new ByteArrayOutputStream();
                            new PrintStream(bytes, true, StandardCharsets.UTF_8).print(number);
                            return bytes.toString(StandardCharsets.UTF_8);
                        }),
                new Race(
                        "String.join",
                        lock -> {
                            var text = new StringBuilder();
                            both(
                                    lock,
                                    () -> text.append(1),
                                    () -> same(String.join("", text, ""), String.join("", text, "")));
                        }),
                new Race(
                        "String.contentEquals",
                        lock -> {
                            var text = new StringBuilder();
                            both(
                                    lock,
                                    () -> text.append(1),
                                    () -> same("".contentEquals(text), "".contentEquals(text)));
                        }),
                array("Arrays.toString of numbers", Arrays::toString),
                array("Arrays.copyOf", array -> Arrays.copyOf(array, 1)[0]),
                array("Arrays.hashCode", Arrays::hashCode),
                array("Array.getInt", array -> Array.getInt(array, 0)),
                array("clone", array -> array.clone()[0]),
                array(
                        "arraycopy from",
                        array -> {
                            int[] copy = new int[2];
                            System.arraycopy(array, 0, copy, 0, 2);
                            return copy[0];
                        }),
                written("arraycopy to", array -> System.arraycopy(new int[] {5}, 0, array, 0, 1)),
                written("Arrays.fill", array -> Arrays.fill(array, 7)),
                written("Arrays.sort", Arrays::sort),
                written("Arrays.setAll", array -> Arrays.setAll(array, i -> i + 5)),
                written("Array.setInt", array -> Array.setInt(array, 0, 7)),
                new Race(
                        "InputStream.read",
                        lock -> {
                            byte[] bytes = {0};
                            both(
                                    lock,
                                    () -> new ByteArrayInputStream(new byte[] {1}).read(bytes),
                                    () -> same(bytes[0], bytes[0]));
                        }),
                new Race(
                        "toArray",
                        lock -> {
                            Integer[] array = {0};
                            List<Integer> list = List.of(1);
                            both(lock, () -> list.toArray(array), () -> same(array[0], array[0]));
                        }),
                list("List.copyOf", List::copyOf),
                list("new ArrayList", ArrayList::new),
                list("the size of a text", list -> "" + list),
                list("Object.hashCode", list -> ((Object) list).hashCode() == 1),
                list("Object.equals", list -> ((Object) list).equals(List.of())),
                list("Collections.frequency", list -> Collections.frequency(list, null) + list.size()),
                list("the size of a record's text", list -> "" + new Nested(list)),
                list(
                        "addAll",
                        list -> {
                            List<Object> copy = new ArrayList<>();
                            copy.addAll(list);
                            return copy.size();
                        }),
                new Race(
                        "Collections.sort",
                        lock -> {
                            List<Integer> list = new ArrayList<>(List.of(2, 1));
                            both(lock, () -> Collections.sort(list), () -> same(list.get(0), list.get(0)));
                        }),
                new Race(
                        "a reference to Collections.reverse",
                        lock -> {
                            List<Integer> list = new ArrayList<>(List.of(2, 1));
                            Consumer<List<Integer>> reverse = Collections::reverse;
                            both(lock, () -> reverse.accept(list), () -> same(list.get(0), list.get(0)));
                        }),
                new Race(
                        "Collections.addAll",
                        lock -> {
                            List<Integer> list = new ArrayList<>();
                            twice(
                                    lock,
                                    () -> {
                                        if (list.isEmpty()) Collections.addAll(list, 1);
                                    });
                            same(1, list.size());
                        }));
    }

    private static StringBuilder builder() {
        return new StringBuilder();
    }

    private record Nested(List<AtomicInteger> list) {}
}
