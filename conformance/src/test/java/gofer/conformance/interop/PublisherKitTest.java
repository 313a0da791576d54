package gofer.conformance.interop;

import static gofer.Go.go;

import gofer.chan.Chan;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.interop.Publishers;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/// The compatibility kit for publishers, on a channel as a publisher.
class PublisherKitTest {

    private static final CancelContext OVER =
            Context.background().withCancel(); // stops the senders of endless channels

    private static final String ONLY_ON_REQUEST =
            "a subscriber learns that the channel is closed when it requests a value";
    private static final String SHARED = "the subscribers of a channel share its values";

    private static final Map<String, String> SKIPPED =
            Map.of(
                    "optional_spec104_mustSignalOnErrorWhenFails",
                    ONLY_ON_REQUEST,
                    "required_spec109_mayRejectCallsToSubscribeIfPublisherIsUnableOrUnwillingToServeThemRejectionMustTriggerOnErrorAfterOnSubscribe",
                    ONLY_ON_REQUEST,
                    "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne",
                    SHARED,
                    "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront",
                    SHARED,
                    "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected",
                    SHARED);

    @TestFactory
    Stream<DynamicTest> kit() {
        return Kit.tests(Verification::new, SKIPPED);
    }

    @AfterAll
    static void end() {
        OVER.cancel();
    }

    public static final class Verification extends FlowPublisherVerification<Integer> {

        public Verification() {
            super(Kit.environment());
        }

        @Override
        public Flow.Publisher<Integer> createFlowPublisher(long elements) {
            Chan<Integer> chan = Chan.make();
            go(() -> {
                try {
                    for (long i = 0; i < elements; i++) chan.send(OVER, (int) i);
                    chan.close();
                } catch (CanceledException _) {
                    // the test is over
                }
            });
            return Publishers.of(chan);
        }

        @Override
        @SuppressWarnings("NullAway") // the kit then skips the test
        public Flow.@Nullable Publisher<Integer> createFailedFlowPublisher() {
            return null;
        }
    }
}
