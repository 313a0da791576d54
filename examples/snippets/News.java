// A broadcast sends each value to all subscribers. One that lags behind misses the oldest values, and knows how many.

import module gofer;

import static gofer.Go.*;

void main() {
    // @start region="broadcast"
    Broadcast<String> news = new Broadcast<>();
    try (var reader = news.subscribe(2); // may lag behind by two values
            var archive = news.subscribe(Chan.UNBOUNDED)) {
        news.send("one");
        news.send("two");
        news.send("three");
        news.close();
        for (String item : reader.chan()) {
            IO.println("reader: " + item);
        }
        IO.println("reader missed " + reader.missed());
        for (String item : archive.chan()) {
            IO.println("archive: " + item);
        }
    }
    // @end
}
