// Prints the first N primes (25 by default), with a chain of goroutines.
//
// Each prime that leaves the chain adds a filter to it: a goroutine that passes on the numbers that the prime does not
// divide. The filters never end by themselves. Like all goroutines, they are dropped when main returns.

import module gofer;

import static gofer.Go.*;

void main(String[] args) {
    int wanted = args.length == 0 ? 25 : Integer.parseInt(args[0]);
    var numbers = numbersFrom(2);
    for (int i = 0; i < wanted; i++) {
        int prime = numbers.recv();
        IO.println(prime);
        numbers = withoutMultiples(numbers, prime);
    }
}

RecvChan<Integer> numbersFrom(int start) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (int n = start; ; n++) out.send(n);
    });
    return out;
}

RecvChan<Integer> withoutMultiples(RecvChan<Integer> in, int prime) {
    Chan<Integer> out = Chan.make();
    go(() -> {
        for (int n : in) if (n % prime != 0) out.send(n);
    });
    return out;
}
