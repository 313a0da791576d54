// A range over a channel that is never closed.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 3; i++) numbers.send(i);
    });
    for (int n : numbers) IO.println(n);
}
