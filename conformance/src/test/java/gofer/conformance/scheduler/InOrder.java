package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// On one processor, the goroutine that was started last runs next. The others run in the order of their start, however many
/// there are.
final class InOrder {

    private static final int MANY = 1000;

    /// A slow starter loses its processor to the goroutines that it has started. Then the program tries again.
    private static final int ATTEMPTS = 50;

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(1);
            List<Integer> expected = new ArrayList<>(IntStream.range(0, MANY - 1).boxed().toList());
            expected.addFirst(MANY - 1);
            List<Integer> order = order();
            for (int attempt = 1; attempt < ATTEMPTS && !order.equals(expected); attempt++) {
                order = order();
            }
            System.out.println(order.equals(expected) ? "fair" : order);
        });
    }

    private static List<Integer> order() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        var all = new WaitGroup();
        for (int i = 0; i < MANY; i++) {
            int me = i;
            all.go(() -> order.add(me));
        }
        all.await();
        return order;
    }
}
