package gofer.cli;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The answer of one copy of Gofer in another process; see `gofer.attach.Agent`.
final class Answer {
    enum Kind {
        COMPLETE,
        FAILED,
        NOT_QUERIED
    }

    final String name; // of the copy's class loader, with a prefix
    final Kind kind;
    final byte[] content; // the answer, or an error message

    private Answer(String name, Kind kind, byte[] content) {
        this.name = name;
        this.kind = kind;
        this.content = content;
    }

    static List<Answer> read(Path file) throws IOException {
        var answers = new ArrayList<Answer>();
        try (var data = new DataInputStream(Files.newInputStream(file))) {
            for (int remaining = data.readInt(); remaining > 0; remaining--) {
                String name = data.readUTF();
                Kind kind = kind((char) data.readByte());
                int length = data.readInt();
                byte[] content = data.readNBytes(length);
                if (content.length < length) throw new EOFException();
                answers.add(new Answer(name, kind, content));
            }
        } catch (EOFException incomplete) {
            throw new IOException("its answer is incomplete; perhaps there is no space left in " + file.getParent());
        }
        return answers;
    }

    private static Kind kind(char letter) throws IOException {
        return switch (letter) {
            case 'a' -> Kind.COMPLETE;
            case 'e' -> Kind.FAILED;
            case 'n' -> Kind.NOT_QUERIED;
            default -> throw new IOException("unknown kind of answer: '" + letter + "'");
        };
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
