// Other sources of values as channels: a blocking queue, a stream, lines of text, the events of a folder.

import module gofer;

import static gofer.Go.*;

void main() throws Exception {
    IO.println(throughQueues());
    IO.println(throughStreams());
    lines(Context.background(), new ByteArrayInputStream("one\ntwo\n".getBytes())).forEach(IO::println);
    IO.println(firstFile());
}

String throughQueues() {
    Chan<String> words = Chan.make();
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    toQueue(words, queue);
    words.send("queued");
    Chan<String> back = Chan.make();
    Goroutine reader = fromQueue(queue, back);
    String word = back.recv();
    reader.thread().interrupt();
    words.close();
    return word;
}

Goroutine fromQueue(BlockingQueue<String> queue, Chan<String> words) {
    // @start region="from-queue"
    Goroutine reader =
            go(() -> {
                try {
                    while (true) words.send(queue.take());
                } catch (InterruptedException | InterruptException end) {
                    words.close();
                }
            });
    // @end
    return reader;
}

void toQueue(Chan<String> words, BlockingQueue<String> queue) {
    // @start region="to-queue"
    go(() -> {
        for (String word : words) queue.put(word);
    });
    // @end
}

List<Integer> throughStreams() {
    Chan<Integer> numbers = Chan.make();
    fromStream(Context.background(), Stream.of(1, 2, 3), numbers);
    // @start region="to-stream"
    Stream<Integer> stream = StreamSupport.stream(numbers.spliterator(), false);
    // @end
    return stream.map(n -> n * n).toList();
}

void fromStream(Context ctx, Stream<Integer> stream, Chan<Integer> numbers) {
    // @start region="from-stream"
    go(() -> {
        try {
            stream.forEach(n -> numbers.send(ctx, n));
            numbers.close();
        } catch (RuntimeException failure) {
            numbers.close(failure);
        }
    });
    // @end
}

RecvChan<String> lines(Context ctx, InputStream in) {
    Chan<String> lines = Chan.make();
    // @start region="lines"
    go(() -> {
        try (var reader = new BufferedReader(new InputStreamReader(in))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) lines.send(ctx, line);
            lines.close();
        } catch (IOException | RuntimeException failure) {
            lines.close(failure);
        }
    });
    // @end
    return lines;
}

String firstFile() throws IOException {
    Path folder = Files.createTempDirectory("watched");
    Path file = folder.resolve("new");
    try (WatchService service = folder.getFileSystem().newWatchService()) {
        folder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
        RecvChan<String> files = watch(Context.background(), service);
        Files.createFile(file);
        return files.recv();
    } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
    }
}

RecvChan<String> watch(Context ctx, WatchService service) {
    Chan<String> files = Chan.make();
    // @start region="watch"
    go(() -> {
        try {
            WatchKey key;
            do {
                key = service.take();
                for (WatchEvent<?> event : key.pollEvents()) files.send(ctx, event.context().toString());
            } while (key.reset()); // false if the folder is gone
            files.close();
        } catch (ClosedWatchServiceException end) {
            files.close();
        } catch (RuntimeException failure) {
            files.close(failure);
        }
    });
    // @end
    return files;
}
