// Channels as publishers of java.util.concurrent.Flow, and publishers as channels.

import module gofer;

import static gofer.Go.*;

void main() {
    IO.println(sum(publisher(upTo(5))));
    IO.println(firstAbove(2, publisher(upTo(1000))));
}

RecvChan<Integer> upTo(int n) {
    Chan<Integer> numbers = Chan.make();
    go(() -> {
        for (int i = 1; i <= n; i++) numbers.send(i);
        numbers.close();
    });
    return numbers;
}

Flow.Publisher<Integer> publisher(RecvChan<Integer> numbers) {
    // @start region="of"
    Flow.Publisher<Integer> publisher = Publishers.of(numbers);
    // with Reactor: JdkFlowAdapter.flowPublisherToFlux(publisher)
    // with RxJava:  FlowInterop.fromFlowPublisher(publisher)
    // with Mutiny:  Multi.createFrom().publisher(publisher)
    // with Kotlin:  publisher.asFlow(), of kotlinx-coroutines-jdk9
    // @end
    return publisher;
}

int sum(Flow.Publisher<Integer> publisher) {
    int sum = 0;
    for (int n : Publishers.chan(Context.background(), publisher, 16)) sum += n;
    return sum;
}

int firstAbove(int limit, Flow.Publisher<Integer> publisher) {
    // @start region="chan"
    try (var ctx = Context.background().withCancel()) { // its end cancels the subscription
        for (int n : Publishers.chan(ctx, publisher, 16)) { // at most 16 values on their way
            if (n > limit) return n;
        }
    }
    // @end
    return -1;
}
