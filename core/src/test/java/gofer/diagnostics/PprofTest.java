package gofer.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// Reads back the written profile, according to the specification of the format.
class PprofTest {

    /// Returns the fields of a message: a Long or a ByteBuffer each, in order.
    private static Map<Integer, List<Object>> parse(ByteBuffer message) {
        Map<Integer, List<Object>> fields = new TreeMap<>();
        while (message.hasRemaining()) {
            long key = varint(message);
            Object value;
            if ((key & 7) == 0) {
                value = varint(message);
            } else {
                assertThat(key & 7).isEqualTo(2);
                int length = (int) varint(message);
                value = message.slice(message.position(), length);
                message.position(message.position() + length);
            }
            fields.computeIfAbsent((int) (key >> 3), _ -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static List<Map<Integer, List<Object>>> messages(Map<Integer, List<Object>> profile, int field) {
        return profile.getOrDefault(field, List.of()).stream().map(m -> parse((ByteBuffer) m)).toList();
    }

    private static long number(Map<Integer, List<Object>> message, int field) {
        List<Object> values = message.getOrDefault(field, List.of());
        return values.isEmpty() ? 0 : (Long) values.getFirst();
    }

    /// Returns each sample as its values and its frames.
    private static List<String> samples(byte[] bytes) {
        var profile = parse(ByteBuffer.wrap(bytes));
        List<String> strings =
                profile.getOrDefault(6, List.of()).stream()
                        .map(s -> StandardCharsets.UTF_8.decode((ByteBuffer) s).toString())
                        .toList();
        assertThat(strings.getFirst()).isEmpty();
        Map<Long, String> functions = new TreeMap<>();
        for (var function : messages(profile, 5)) {
            functions.put(
                    number(function, 1),
                    strings.get((int) number(function, 2)) + " in " + strings.get((int) number(function, 4)));
        }
        Map<Long, String> locations = new TreeMap<>();
        for (var location : messages(profile, 4)) {
            var line = messages(location, 4).getFirst();
            locations.put(number(location, 1), functions.get(number(line, 1)) + ":" + number(line, 2));
        }
        List<String> samples = new ArrayList<>();
        for (var type : messages(profile, 1)) {
            samples.add(strings.get((int) number(type, 1)) + "/" + strings.get((int) number(type, 2)));
        }
        for (var sample : messages(profile, 2)) {
            samples.add(
                    sample.getOrDefault(2, List.of())
                            + " "
                            + sample.getOrDefault(1, List.of()).stream().map(locations::get).toList());
        }
        return samples;
    }

    @Test
    void writtenProfileCanBeRead() {
        var pprof = new Pprof();
        pprof.addType("contentions", "count");
        pprof.addType("delay", "nanoseconds");
        var inner = new StackTraceElement("A", "f", "A.java", 3);
        var outer = new StackTraceElement("Ünder", "g", null, -2);
        pprof.addSample(List.of(inner, outer), List.of(1L, 1L << 40));
        pprof.addSample(List.of(new StackTraceElement("A", "f", "A.java", 300), outer), List.of(128L, 0L));
        pprof.addSample(List.of(), List.of(2L, 3L));
        assertThat(samples(pprof.bytes()))
                .containsExactly(
                        "contentions/count",
                        "delay/nanoseconds",
                        "[1, 1099511627776] [A.f in A.java:3, Ünder.g in :0]",
                        "[128, 0] [A.f in A.java:300, Ünder.g in :0]",
                        "[2, 3] []");
    }

    @Test
    void profileIsWrittenCompressed() throws IOException {
        Chan<Integer> chan = Chan.make();
        try (var crew = new Crew()) {
            for (int i = 0; i < 3; i++) {
                Eventually.blocked(crew.go(() -> waits(chan)), WaitReason.CHAN_RECEIVE);
            }
            var out = new ByteArrayOutputStream();
            Profile.goroutine().write(out);
            byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
            assertThat(samples(bytes))
                    .contains("goroutine/count")
                    .anyMatch(sample -> sample.startsWith("[3] [gofer.diagnostics.PprofTest.waits in PprofTest.java:"));
            chan.close();
        }
    }

    private static void waits(Chan<Integer> chan) {
        chan.recvOk();
    }
}
