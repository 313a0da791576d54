// The sender closes the channel when it is done.

import static gofer.Go.*;

import module gofer;

void main() {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 0; i < 3; i++) numbers.send(i);
        numbers.close();
    });
    int sum = 0;
    for (int n : numbers) sum += n;
    IO.println(sum == 3 ? "ok" : "wrong");
}
