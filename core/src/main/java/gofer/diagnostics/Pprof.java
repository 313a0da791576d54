package gofer.diagnostics;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A writer for the protocol buffer that `go tool pprof` reads: `proto/profile.proto` of github.com/google/pprof.
final class Pprof {

    // Numbers of the fields of Profile, ValueType, Sample, Location, Line and Function.
    private static final int PROFILE_TYPE = 1;
    private static final int PROFILE_SAMPLE = 2;
    private static final int PROFILE_LOCATION = 4;
    private static final int PROFILE_FUNCTION = 5;
    private static final int PROFILE_STRING = 6;
    private static final int PROFILE_TIME = 9;
    private static final int TYPE_TYPE = 1;
    private static final int TYPE_UNIT = 2;
    private static final int SAMPLE_LOCATION = 1;
    private static final int SAMPLE_VALUE = 2;
    private static final int LOCATION_ID = 1;
    private static final int LOCATION_LINE = 4;
    private static final int LINE_FUNCTION = 1;
    private static final int LINE_LINE = 2;
    private static final int FUNCTION_ID = 1;
    private static final int FUNCTION_NAME = 2;
    private static final int FUNCTION_SYSTEM_NAME = 3;
    private static final int FUNCTION_FILE = 4;

    private final Message profile = new Message();
    private final Map<String, Long> strings = new HashMap<>();
    private final Map<String, Long> functions = new HashMap<>();
    private final Map<StackTraceElement, Long> locations = new HashMap<>();

    Pprof() {
        string(""); // must be the first string
        profile.number(PROFILE_TIME, System.currentTimeMillis() * 1_000_000);
    }

    /// Declares the type and unit of the next value in each sample.
    void addType(String type, String unit) {
        profile.message(PROFILE_TYPE, new Message().number(TYPE_TYPE, string(type)).number(TYPE_UNIT, string(unit)));
    }

    /// Adds a sample: a stack, innermost frame first, and its values.
    void addSample(List<StackTraceElement> stack, List<Long> values) {
        Message sample = new Message();
        for (StackTraceElement frame : stack) {
            sample.number(SAMPLE_LOCATION, location(frame));
        }
        for (long value : values) {
            sample.number(SAMPLE_VALUE, value);
        }
        profile.message(PROFILE_SAMPLE, sample);
    }

    byte[] bytes() {
        return profile.out.toByteArray();
    }

    private long location(StackTraceElement frame) {
        Long known = locations.get(frame);
        if (known != null) {
            return known;
        }
        long id = locations.size() + 1L;
        locations.put(frame, id);
        Message line =
                new Message()
                        .number(LINE_FUNCTION, function(frame))
                        .number(LINE_LINE, Math.max(0, frame.getLineNumber()));
        profile.message(PROFILE_LOCATION, new Message().number(LOCATION_ID, id).message(LOCATION_LINE, line));
        return id;
    }

    private long function(StackTraceElement frame) {
        String name = frame.getClassName() + "." + frame.getMethodName();
        Long known = functions.get(name);
        if (known != null) {
            return known;
        }
        long id = functions.size() + 1L;
        functions.put(name, id);
        @Nullable String file = frame.getFileName();
        profile.message(
                PROFILE_FUNCTION,
                new Message()
                        .number(FUNCTION_ID, id)
                        .number(FUNCTION_NAME, string(name))
                        .number(FUNCTION_SYSTEM_NAME, string(name))
                        .number(FUNCTION_FILE, string(file == null ? "" : file)));
        return id;
    }

    private long string(String text) {
        Long known = strings.get(text);
        if (known != null) {
            return known;
        }
        long index = strings.size();
        strings.put(text, index);
        profile.bytes(PROFILE_STRING, text.getBytes(StandardCharsets.UTF_8));
        return index;
    }

    /// A protocol buffer message with number fields and byte fields.
    private static final class Message {

        private static final int VARINT = 0;
        private static final int LENGTH_DELIMITED = 2;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message message(int field, Message value) {
            return bytes(field, value.out.toByteArray());
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | LENGTH_DELIMITED);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
