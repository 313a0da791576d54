// Prints the SHA-256 of every file below a folder, as `find FOLDER -type f | LC_ALL=C sort | xargs sha256sum` does.
//
// A pipeline: one goroutine hands out the files, a bounded pool of goroutines reads them, and the main goroutine puts
// their answers back in order. The first failure cancels the rest. Try it: ./gofer run examples/Digest.java .

import module gofer;

import static gofer.Go.*;

record Job(int place, Path file) {}

record Sum(int place, String line) {}

void main(String[] args) {
    if (args.length != 1) {
        System.err.println("usage: Digest FOLDER");
        System.exit(2);
    }
    try (var out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
        digest(filesBelow(Path.of(args[0])), out);
    } catch (Exception failure) {
        System.err.println("digest: " + failure);
        System.exit(1);
    }
}

void digest(List<Path> files, PrintWriter out) throws Exception {
    Chan<Job> jobs = Chan.make(64);
    Chan<Sum> sums = Chan.make(64);
    var g = ErrGroup.withContext(Context.background());
    g.go(() -> {
        try {
            for (int i = 0; i < files.size(); i++) jobs.send(g.context(), new Job(i, files.get(i)));
        } finally {
            jobs.close();
        }
    });
    for (int worker = 0; worker < 2 * numCpu(); worker++) {
        g.go(() -> {
            for (var job : jobs) sums.send(g.context(), sum(job));
        });
    }
    go(() -> {
        try {
            g.await();
        } catch (Exception _) {
            // the main goroutine asks again
        } finally {
            sums.close();
        }
    });
    print(sums, files.size(), out);
    g.await();
}

void print(RecvChan<Sum> sums, int total, PrintWriter out) {
    boolean bar = stderrIsTerminal();
    var early = new HashMap<Integer, String>(); // lines whose turn has not come
    int next = 0;
    var redraw = tick(Duration.ofMillis(100)).when(bar);
    for (; ; ) {
        switch (select(sums, redraw)) {
            case First(Value(Sum(var place, var line))) -> {
                early.put(place, line);
                for (var due = early.remove(next); due != null; due = early.remove(next)) {
                    out.print(due + "\n");
                    next++;
                }
            }
            case First(Closed()) -> {
                if (bar) System.err.print("\r\033[K");
                return;
            }
            case Second(_) -> {
                int done = 40 * next / total;
                System.err.printf("\r[%s%s] %d/%d ", "#".repeat(done), ".".repeat(40 - done), next, total);
            }
        }
    }
}

Sum sum(Job job) throws Exception {
    var sha = MessageDigest.getInstance("SHA-256");
    try (var in = Files.newInputStream(job.file())) {
        var buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) sha.update(buffer, 0, n);
    }
    var name = job.file().toString();
    var shown = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    var mark = shown.equals(name) ? "" : "\\"; // sha256sum marks a line whose name it had to escape
    return new Sum(job.place(), mark + HexFormat.of().formatHex(sha.digest()) + "  " + shown);
}

List<Path> filesBelow(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
        return tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .sorted(
                        Comparator.comparing(
                                file -> file.toString().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
    }
}

boolean stderrIsTerminal() {
    try {
        var device = Path.of("/dev/stderr").toRealPath().toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException noSuchDevice) {
        return false;
    }
}
