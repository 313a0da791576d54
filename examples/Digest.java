// Prints the SHA-256 of every regular file below a folder: what `find DIR -type f | sort | xargs sha256sum` prints.
//
// A pipeline of goroutines: one walks the tree and sends the files that it finds, a pool of workers reads them, and the
// main goroutine collects the results. The first failure cancels the context. All goroutines check the context and end,
// so none is left behind. Try it: ./gofer run examples/Digest.java .

import module gofer;

import static gofer.Go.*;

record Line(Path file, String text) {}

void main(String[] args) throws Exception {
    if (args.length != 1 || args[0].isEmpty()) {
        System.err.println("usage: Digest.java DIR");
        System.exit(2);
    }
    try {
        print(digest(Path.of(args[0])));
    } catch (IOException | InvalidPathException e) {
        System.err.println("Digest: " + messageOf(e));
        System.exit(1);
    }
}

/// Returns the lines for the regular files below `root`, sorted by path: the natural order of paths is the order of bytes.
SortedMap<Path, String> digest(Path root) throws Exception {
    var progress = new Progress();
    var group = ErrGroup.withContext(Context.background());
    var ctx = group.context();

    Chan<Path> files = Chan.make(100_000); // lets the walk run ahead, so that the progress bar knows the total
    group.go(() -> {
        try {
            walk(root, progress, file -> files.send(ctx, file));
        } finally {
            files.close();
        }
    });

    Chan<Line> lines = Chan.make(1000);
    var workers = new WaitGroup();
    for (int w = 0; w < numCpu(); w++) {
        workers.add(1);
        group.go(() -> {
            try {
                var buffer = new byte[1 << 16];
                for (var file : files) lines.send(ctx, lineOf(file, sha256(ctx, file, buffer, progress)));
            } finally {
                workers.done();
            }
        });
    }
    group.go(() -> {
        workers.await();
        lines.close();
    });

    var sorted = new TreeMap<Path, String>();
    for (var line : lines) sorted.put(line.file, line.text);
    progress.clear();
    group.await();
    return sorted;
}

/// Calls `found` with every regular file below `root`, without following symbolic links.
void walk(Path root, Progress progress, Consumer<Path> found) throws IOException {
    var visitor =
            new SimpleFileVisitor<Path>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        progress.found(attributes.size());
                        found.accept(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            };
    Files.walkFileTree(root, visitor);
}

String sha256(Context ctx, Path file, byte[] buffer, Progress progress) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            progress.read(n);
            if (ctx.err() != null) throw ctx.cause();
        }
    } catch (FileSystemException e) {
        throw e;
    } catch (IOException e) { // the message does not name the file
        throw new FileSystemException(file.toString(), null, e.getMessage());
    }
    return HexFormat.of().formatHex(digest.digest());
}

/// A progress bar on standard error, if that is a terminal. When a tick is due, the worker that has just read a block draws
/// the bar. A separate goroutine might wait long for a processor, because readers rarely give theirs up.
static final class Progress {
    private final boolean watched = isTerminal(Path.of("/dev/stderr"));
    private final RecvChan<Instant> ticks = watched ? tick(Duration.ofMillis(100)) : RecvChan.never();
    private final LongAdder total = new LongAdder();
    private final LongAdder done = new LongAdder();

    void found(long bytes) {
        total.add(bytes);
    }

    void read(int bytes) {
        done.add(bytes);
        if (ticks.tryRecv() instanceof Value) show();
    }

    void show() {
        double part = Math.min(1, done.doubleValue() / total.doubleValue());
        var bar = "#".repeat((int) (40 * part)) + " ".repeat(40 - (int) (40 * part));
        System.err.printf("\r[%s] %3.0f %% of %d MB ", bar, 100 * part, total.sum() / 1_000_000);
    }

    void clear() {
        if (watched) System.err.print("\r\033[K");
    }

    private static boolean isTerminal(Path stream) {
        try {
            var device = stream.toRealPath();
            return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}

/// Formats a line as sha256sum does: a backslash in front says that the name contains escapes.
Line lineOf(Path file, String sha256) {
    var name = nameOf(file);
    var escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return new Line(file, (escaped.equals(name) ? "" : "\\") + sha256 + "  " + escaped + "\n");
}

/// Returns the name of a file with one character for each byte. The URI contains all bytes, whatever the locale.
String nameOf(Path file) {
    var name = decoded(file);
    return file.isAbsolute() ? name : name.substring(decoded(Path.of("")).length());
}

String decoded(Path file) {
    return URLDecoder.decode(file.toUri().getRawPath().replace("+", "%2B"), StandardCharsets.ISO_8859_1);
}

void print(SortedMap<Path, String> lines) throws IOException {
    try (var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))) {
        for (var line : lines.values()) out.write(line.getBytes(StandardCharsets.ISO_8859_1));
    }
}

String messageOf(Exception e) {
    return switch (e) {
        case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
        case AccessDeniedException denied -> denied.getFile() + ": permission denied";
        default -> e.getMessage();
    };
}
