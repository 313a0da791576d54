package gofer.testing.agent;

import static java.lang.classfile.constantpool.PoolEntry.*;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The calls by which a class reads the time.
///
/// A class file names each method that it calls once, in its constant pool. Every call and method reference refers to that entry.
/// So rewriting changes two bytes there, and no instruction. This class does not read instructions, so it also works for those of
/// later versions.
final class TimeCalls {

    private static final int POOL = 10; // the offset of the pool, after its size

    private final byte[] file;
    private final ByteBuffer bytes;
    private final int size; // one more than the last index of the pool
    private final int[] offsets; // the offset of each constant
    private int end; // of the pool

    private TimeCalls(byte[] file) {
        this.file = file.clone();
        bytes = ByteBuffer.wrap(this.file);
        size = u2(POOL - 2);
        offsets = new int[size];
        end = POOL;
        for (int i = 1; i < size; i += takesTwoIndices(offsets[i]) ? 2 : 1) {
            offsets[i] = end;
            end += length(end);
        }
    }

    /// Returns `classFile` with its calls redirected to [GoferClock], or null if it has none.
    static byte @Nullable [] redirected(byte[] classFile) {
        String text = new String(classFile, ISO_8859_1);
        return GoferClock.METHODS.stream().anyMatch(method -> text.contains(method.name()))
                ? new TimeCalls(classFile).redirect()
                : null;
    }

    private byte @Nullable [] redirect() {
        int name = size;
        int target = size + 1;
        if (target + 1 > 0xFFFF) {
            throw new IllegalArgumentException("its constant pool is full");
        }
        boolean found = false;
        for (int i = 1; i < size; i++) {
            if (offsets[i] > 0 && file[offsets[i]] == TAG_METHODREF && isOfTime(offsets[i])) {
                bytes.putShort(offsets[i] + 1, (short) target);
                found = true;
            }
        }
        if (!found) {
            return null;
        }
        var out = new ByteArrayOutputStream(file.length + 40);
        try (var data = new DataOutputStream(out)) {
            data.write(file, 0, POOL - 2);
            data.writeShort(target + 1);
            data.write(file, POOL, end - POOL);
            data.writeByte(TAG_UTF8);
            data.writeUTF(GoferClock.INTERNAL_NAME);
            data.writeByte(TAG_CLASS);
            data.writeShort(name);
            data.write(file, end, file.length - end);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private boolean isOfTime(int method) {
        String owner = text(offsets[u2(method + 1)] + 1);
        int nameAndType = offsets[u2(method + 3)];
        String name = text(nameAndType + 1);
        String type = text(nameAndType + 3);
        return GoferClock.METHODS.stream().anyMatch(known -> known.isNamed(owner, name, type));
    }

    /// Returns the text whose index is at `offset`.
    private String text(int offset) {
        int utf8 = offsets[u2(offset)];
        return new String(file, utf8 + 3, u2(utf8 + 1), ISO_8859_1);
    }

    private int u2(int offset) {
        return Short.toUnsignedInt(bytes.getShort(offset));
    }

    /// Returns whether the constant at `offset` takes two indices.
    private boolean takesTwoIndices(int offset) {
        return file[offset] == TAG_LONG || file[offset] == TAG_DOUBLE;
    }

    private int length(int offset) {
        return switch (file[offset]) {
            case TAG_UTF8 -> 3 + u2(offset + 1);
            case TAG_CLASS, TAG_STRING, TAG_METHOD_TYPE, TAG_MODULE, TAG_PACKAGE -> 3;
            case TAG_METHOD_HANDLE -> 4;
            case TAG_INTEGER,
                    TAG_FLOAT,
                    TAG_FIELDREF,
                    TAG_METHODREF,
                    TAG_INTERFACE_METHODREF,
                    TAG_NAME_AND_TYPE,
                    TAG_DYNAMIC,
                    TAG_INVOKE_DYNAMIC ->
                    5;
            case TAG_LONG, TAG_DOUBLE -> 9;
            default -> throw new IllegalArgumentException("unknown kind of constant: " + file[offset]);
        };
    }
}
