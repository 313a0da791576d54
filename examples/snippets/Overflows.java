// Channels on which no send waits: a full one drops a value, an unbounded one grows.

import module gofer;

import static gofer.Go.*;

void main() {
    // @start region="kinds"
    Chan<Integer> last = Chan.make(1, Overflow.DROP_OLDEST); // a receiver gets the latest value
    Chan<Integer> first = Chan.make(2, Overflow.DROP_LATEST);
    Chan<Integer> all = Chan.make(Chan.UNBOUNDED);
    for (int i = 1; i <= 5; i++) {
        last.send(i);
        first.send(i);
        all.send(i);
    }
    // @end
    for (var chan : List.of(last, first, all)) {
        chan.close();
        StringBuilder values = new StringBuilder();
        chan.forEach(value -> values.append(' ').append(value));
        IO.println("received" + values);
    }
}
