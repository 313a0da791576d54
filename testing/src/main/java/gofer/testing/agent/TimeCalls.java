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
/// A class file names each method that it calls once, in its constant pool, and every call and method reference refers to that
/// entry. So rewriting changes two bytes there, and no instruction. The reader knows no instructions, so it also works for
/// those of later versions.
final class TimeCalls {

    private static final int POOL = 10; // the offset of the pool, after its size

    private final byte[] file;
    private final ByteBuffer bytes;
    private final int size; // of the pool, one more than its last index
    private final int[] at; // the offset of each constant
    private int end; // of the pool

    private TimeCalls(byte[] file) {
        this.file = file.clone();
        bytes = ByteBuffer.wrap(this.file);
        size = u2(POOL - 2);
        at = new int[size];
        end = POOL;
        for (int i = 1; i < size; i += isWide(at[i]) ? 2 : 1) {
            at[i] = end;
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
        boolean any = false;
        for (int i = 1; i < size; i++) {
            if (at[i] > 0 && file[at[i]] == TAG_METHODREF && isOfTime(at[i])) {
                bytes.putShort(at[i] + 1, (short) target);
                any = true;
            }
        }
        if (!any) {
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
        String owner = text(at[u2(method + 1)] + 1);
        int nameAndType = at[u2(method + 3)];
        String name = text(nameAndType + 1);
        String type = text(nameAndType + 3);
        return GoferClock.METHODS.stream().anyMatch(known -> known.isNamed(owner, name, type));
    }

    /// Returns the text whose index is at the offset `where`.
    private String text(int where) {
        int utf8 = at[u2(where)];
        return new String(file, utf8 + 3, u2(utf8 + 1), ISO_8859_1);
    }

    private int u2(int where) {
        return Short.toUnsignedInt(bytes.getShort(where));
    }

    /// Returns whether the constant at the offset `where` takes two indices.
    private boolean isWide(int where) {
        return file[where] == TAG_LONG || file[where] == TAG_DOUBLE;
    }

    private int length(int where) {
        return switch (file[where]) {
            case TAG_UTF8 -> 3 + u2(where + 1);
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
            default -> throw new IllegalArgumentException("unknown kind of constant: " + file[where]);
        };
    }
}
