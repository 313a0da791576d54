package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Select;
import gofer.chan.SendChan;
import gofer.conformance.Pins;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/// The prime sieves: `sieve1.go`, and `sieve2.go`, which merges multiples with a heap of channels and an unbounded proxy.
class SieveTest {

    private static final List<Integer> PRIMES =
            List.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97);

    @Test
    @Pins("CH-10")
    void chainOfFiltersFindsThePrimes() {
        Chan<Integer> primes = Chan.make();
        Go.go(() -> {
            RecvChan<Integer> numbers = from(2);
            while (true) {
                int prime = numbers.recv();
                primes.send(prime);
                numbers = filter(numbers, prime);
            }
        });
        assertThat(first(primes)).isEqualTo(PRIMES);
    }

    private static RecvChan<Integer> from(int first) {
        Chan<Integer> numbers = Chan.make();
        Go.go(() -> {
            for (int i = first; ; i++) {
                numbers.send(i);
            }
        });
        return numbers;
    }

    private static RecvChan<Integer> filter(RecvChan<Integer> in, int prime) {
        Chan<Integer> out = Chan.make();
        Go.go(() -> {
            for (int n : in) {
                if (n % prime != 0) {
                    out.send(n);
                }
            }
        });
        return out;
    }

    @Test
    @Pins("CH-10")
    void mergedMultiplesContainNoPrime() {
        Chan<Integer> primes = Chan.make(10);
        primes.send(2);
        Chan<Integer> own = Chan.make(10);
        Go.go(() -> sieve(primes, own));
        assertThat(first(primes)).isEqualTo(PRIMES);
    }

    /// Sends all odd primes to `primes`. Sends those up to the square root of the largest also to itself, for their multiples.
    private static void sieve(SendChan<Integer> primes, Chan<Integer> own) {
        RecvChan<Integer> composites = composites(unbounded(own));
        int candidate = 3;
        primes.send(candidate);
        own.send(candidate);
        while (true) {
            int composite = composites.recv();
            for (candidate += 2; candidate < composite; candidate += 2) {
                primes.send(candidate);
                own.send(candidate);
            }
        }
    }

    /// Returns the odd multiples of the primes of `in`, each once, in order.
    private static RecvChan<Integer> composites(RecvChan<Integer> in) {
        Chan<Integer> out = Chan.make(50);
        Go.go(() -> {
            var heads = new PriorityQueue<Head>();
            int last = 0;
            int prime = 0;
            while (true) {
                // The next prime is at least 2 more. It cannot be requested earlier, because it would not be known.
                while (heads.isEmpty() || heads.element().value() >= (prime + 2) * (prime + 2)) {
                    prime = in.recv();
                    heads.add(Head.of(multiples(prime)));
                }
                Head head = heads.remove();
                if (head.value() > last) {
                    last = head.value();
                    out.send(last);
                }
                heads.add(Head.of(head.rest()));
            }
        });
        return out;
    }

    /// A channel of ascending numbers, and the first one received from it.
    private record Head(int value, RecvChan<Integer> rest) implements Comparable<Head> {

        static Head of(RecvChan<Integer> numbers) {
            return new Head(numbers.recv(), numbers);
        }

        @Override
        public int compareTo(Head other) {
            return Integer.compare(value, other.value);
        }
    }

    private static RecvChan<Integer> multiples(int prime) {
        Chan<Integer> out = Chan.make(10);
        Go.go(() -> {
            for (int n = prime * prime; ; n += 2 * prime) {
                out.send(n);
            }
        });
        return out;
    }

    /// Returns a channel with the values of `in`, behind an unbounded buffer.
    private static RecvChan<Integer> unbounded(RecvChan<Integer> in) {
        Chan<Integer> out = Chan.make(10);
        Go.go(() -> {
            var between = new ArrayDeque<Integer>();
            var select = new Select();
            var receive = select.recv(in);
            var send = select.send(out);
            while (true) {
                send.enable(!between.isEmpty());
                if (!between.isEmpty()) {
                    send.offer(between.getFirst());
                }
                if (select.await() == receive) {
                    between.addLast(receive.value());
                } else {
                    between.removeFirst();
                }
            }
        });
        return out;
    }

    private static List<Integer> first(RecvChan<Integer> primes) {
        List<Integer> found = new ArrayList<>();
        while (found.size() < PRIMES.size()) {
            found.add(primes.recv());
        }
        return found;
    }
}
