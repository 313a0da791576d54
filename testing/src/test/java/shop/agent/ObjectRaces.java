package shop.agent;

import static shop.agent.Pair.both;
import static shop.agent.Pair.same;
import static shop.agent.Pair.twice;

import java.io.BufferedWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// Programs that share objects of the JDK that are not collections, or are views of others.
@SuppressWarnings("JdkObsolete") // shared
final class ObjectRaces {

    private ObjectRaces() {}

    static List<Race> all() {
        return List.of(
                new Race(
                        "a StringBuilder",
                        lock -> {
                            var text = new StringBuilder();
                            twice(
                                    lock,
                                    () -> {
                                        if (text.length() == 0) text.append("a");
                                    });
                            same(1, text.length());
                        }),
                new Race(
                        "a StringBuffer",
                        lock -> {
                            var text = new StringBuffer();
                            twice(
                                    lock,
                                    () -> {
                                        if (text.isEmpty()) text.append(1L);
                                    });
                            same("1", text.toString());
                        }),
                new Race(
                        "an Appendable and a CharSequence",
                        lock -> {
                            var text = new StringBuilder();
                            Appendable end = text;
                            CharSequence all = text;
                            twice(
                                    lock,
                                    () -> {
                                        if (all.isEmpty()) end.append('a');
                                    });
                            same(1, all.length());
                        }),
                new Race(
                        "an Iterable",
                        lock -> {
                            List<Integer> list = new ArrayList<>(List.of(0));
                            Iterable<Integer> all = list;
                            both(lock, () -> list.set(0, 1), () -> same(first(all), first(all)));
                        }),
                new Race(
                        "a Runnable",
                        lock -> {
                            var runs = new ArrayList<Integer>();
                            Runnable task = new FutureTask<>(() -> runs.add(1));
                            both(lock, task::run, () -> same(runs.size(), runs.size()));
                        }),
                new Race(
                        "a StringWriter",
                        lock -> {
                            var writer = new StringWriter();
                            twice(
                                    lock,
                                    () -> {
                                        if (writer.toString().isEmpty()) writer.write("a");
                                    });
                            same("a", writer.toString());
                        }),
                new Race(
                        "a writer around another",
                        lock -> {
                            var inner = new StringWriter();
                            var outer = new BufferedWriter(inner);
                            outer.write("a");
                            both(lock, outer::flush, () -> same(inner.toString(), inner.toString()));
                        }),
                new Race(
                        "the buffer of a writer",
                        lock -> {
                            var writer = new StringWriter();
                            StringBuffer buffer = writer.getBuffer();
                            both(lock, () -> writer.write("a"), () -> same(buffer.length(), buffer.length()));
                        }),
                new Race(
                        "a reader",
                        lock -> {
                            var reader = new StringReader("ab");
                            var read = new StringBuffer();
                            twice(
                                    lock,
                                    () -> {
                                        int c = reader.read();
                                        read.append((char) c);
                                    });
                            same("ab", read.toString());
                        }),
                new Race(
                        "a buffer",
                        lock -> {
                            ByteBuffer buffer = ByteBuffer.allocate(20);
                            twice(
                                    lock,
                                    () -> {
                                        if (buffer.position() == 0) buffer.putLong(1);
                                    });
                            same(8, buffer.position());
                        }),
                new Race(
                        "a buffer around an array",
                        lock -> {
                            byte[] bytes = {0};
                            ByteBuffer buffer = ByteBuffer.wrap(bytes);
                            both(lock, () -> buffer.put(0, (byte) 1), () -> same(bytes[0], bytes[0]));
                        }),
                new Race(
                        "a buffer around a text",
                        lock -> {
                            var text = new StringBuilder("a");
                            CharBuffer buffer = CharBuffer.wrap(text);
                            both(lock, () -> text.setCharAt(0, 'b'), () -> same(buffer.get(0), buffer.get(0)));
                        }),
                new Race(
                        "a SimpleDateFormat",
                        lock -> {
                            var format = new SimpleDateFormat("yyyy", Locale.ROOT);
                            both(
                                    lock,
                                    () -> format.applyPattern("MM"),
                                    () -> same(format.toPattern(), format.toPattern()));
                        }),
                new Race(
                        "a Matcher",
                        lock -> {
                            Matcher matcher = Pattern.compile("a").matcher("aa");
                            var found = new StringBuffer();
                            twice(
                                    lock,
                                    () -> {
                                        if (matcher.find()) found.append(matcher.start());
                                    });
                            same("01", found.toString());
                        }),
                new Race(
                        "a StringJoiner",
                        lock -> {
                            var joiner = new StringJoiner(",");
                            twice(
                                    lock,
                                    () -> {
                                        if (joiner.length() == 0) joiner.add("a");
                                    });
                            same("a", joiner.toString());
                        }),
                new Race(
                        "a checksum",
                        lock -> {
                            var sum = new CRC32();
                            both(lock, () -> sum.update(1), () -> same(sum.getValue(), sum.getValue()));
                        }),
                new Race(
                        "a list around an array",
                        lock -> {
                            Integer[] array = {0};
                            List<Integer> list = Arrays.asList(array);
                            both(lock, () -> list.set(0, 1), () -> same(array[0], array[0]));
                        }),
                new Race(
                        "a list around a list around an array",
                        lock -> {
                            Integer[] array = {0};
                            List<Integer> list = Collections.unmodifiableList(Arrays.asList(array));
                            both(lock, () -> array[0] = 1, () -> same(list.get(0), list.get(0)));
                        }),
                new Race(
                        "a stream, which reads its source at its end",
                        lock -> {
                            List<Integer> list = new ArrayList<>();
                            Stream<Integer> one = list.stream();
                            Stream<Integer> other = list.stream().filter(n -> n > 0);
                            both(lock, () -> list.add(1), () -> same(one.count(), other.count()));
                        }),
                new Race(
                        "a stream of an array",
                        lock -> {
                            int[] array = {0};
                            IntStream one = Arrays.stream(array);
                            IntStream other = Arrays.stream(array);
                            both(lock, () -> array[0] = 1, () -> same(one.sum(), other.sum()));
                        }),
                new Race(
                        "whether a thread is interrupted",
                        lock -> {
                            Thread other = Thread.ofVirtual().unstarted(() -> {});
                            both(lock, other::interrupt, () -> same(other.isInterrupted(), other.isInterrupted()));
                        }),
                new Race(
                        "whether a thread is alive",
                        lock -> {
                            var end = new Semaphore(0);
                            Thread other = Thread.ofVirtual().unstarted(end::acquireUninterruptibly);
                            both(lock, other::start, () -> same(other.isAlive(), other.isAlive()));
                            end.release();
                            other.join();
                        }),
                new Race(
                        "the state of a thread",
                        lock -> {
                            var end = new Semaphore(0);
                            Thread other = Thread.ofVirtual().unstarted(end::acquireUninterruptibly);
                            both(lock, other::start, () -> same(isNew(other), isNew(other)));
                            end.release();
                            other.join();
                        }));
    }

    private static boolean isNew(Thread thread) {
        return thread.getState() == Thread.State.NEW;
    }

    private static int first(Iterable<Integer> all) {
        Iterator<Integer> numbers = all.iterator();
        return numbers.next();
    }
}
