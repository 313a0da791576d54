// The first N primes, through a chain of filters: each prime found gets a goroutine that drops its multiples.

import module gofer;

import static gofer.Go.*;

void main(String[] args) {
    int count = args.length == 0 ? 20 : Integer.parseInt(args[0]);
    RecvChan<Integer> numbers = from(2);
    for (int i = 0; i < count; i++) {
        int prime = numbers.recv();
        IO.println(prime);
        numbers = without(numbers, prime);
    }
}

RecvChan<Integer> from(int first) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (int n = first; ; n++) out.send(n);
    });
    return out;
}

RecvChan<Integer> without(RecvChan<Integer> in, int prime) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (int n : in) {
            if (n % prime != 0) out.send(n);
        }
    });
    return out;
}
