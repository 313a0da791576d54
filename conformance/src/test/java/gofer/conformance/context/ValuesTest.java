package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.RecvChan;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tests values, and other properties of a context besides its end.
@SuppressWarnings("LostCancel")
class ValuesTest {

    private record Key1(int n) {}

    private record Key2(int n) {}

    private static final Object K1 = new Key1(1);
    private static final Object K2 = new Key2(1); // the same number as another type
    private static final Object K3 = new Key2(3);

    @Test
    @Pins("CX-10")
    void nearestValueOfAnEqualKeyCounts() { // TestValues
        Context c0 = Context.background();
        expect(c0, null, null, null);
        Context c1 = c0.withValue(K1, "c1k1");
        expect(c1, "c1k1", null, null);
        Context c2 = c1.withValue(K2, "c2k2");
        expect(c2, "c1k1", "c2k2", null);
        Context c3 = c2.withCancel().withValue(K3, "c3k3");
        expect(c3, "c1k1", "c2k2", "c3k3");
        Context c4 = c3.withTimeout(Duration.ofHours(1)).withValue(new Key1(1), "c4k1");
        expect(c4, "c4k1", "c2k2", "c3k3");
        expect(c3, "c1k1", "c2k2", "c3k3");

        expect(new Wrapper(Context.background()), null, null, null);
        Wrapper o1 = new Wrapper(c1);
        expect(o1, "c1k1", null, null);
        Context o2 = o1.withValue(K2, "o2k2");
        expect(o2, "c1k1", "o2k2", null);
        Wrapper o3 = new Wrapper(c4);
        expect(o3.withValue(K3, "o4k3"), "c4k1", "c2k2", "o4k3");
    }

    private static void expect(Context context, @Nullable String v1, @Nullable String v2, @Nullable String v3) {
        assertThat(context.value(K1)).isEqualTo(v1);
        assertThat(context.value(K2)).isEqualTo(v2);
        assertThat(context.value(K3)).isEqualTo(v3);
    }

    @Test
    @Pins("CX-10")
    @SuppressWarnings("NullAway") // the point of the test
    void nullKeyIsRefused() { // TestWithValueChecksKey
        assertThatThrownBy(() -> Context.background().withValue(null, "v"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("nil key");
        assertThatThrownBy(() -> Context.background().withValue("k", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("value");
    }

    @Test
    @Pins("CX-09")
    void withoutCancelKeepsTheValuesOnly() { // TestWithoutCancel
        CancelContext parent = Context.background().withValue("key", "value").withTimeout(Duration.ofHours(1));
        Context detached = parent.withoutCancel();
        CancelContext below = detached.withCancel();
        CancelContext wrapped = new Wrapper(detached).withCancel();
        parent.cancel(new IllegalStateException("cause"));
        for (Context free : new Context[] {detached, below, wrapped}) {
            Expect.live(free);
            assertThat(free.deadline()).isEmpty();
            assertThat(free.value("key")).isEqualTo("value");
        }
        assertThat(detached.done()).isSameAs(RecvChan.never());
        below.cancel();
        Expect.canceled(below);
        assertThat(detached.toString()).endsWith("]).WithoutCancel");
    }

    @Test
    @Pins("CX-13")
    void toStringShowsHowAContextWasMade() {
        Context background = Context.background();
        assertThat(background.withCancel()).hasToString("context.Background.WithCancel");
        assertThat(background.withCancel().withoutCancel()).hasToString("context.Background.WithCancel.WithoutCancel");
        assertThat(Context.todo().withValue(K1, "v1").withValue("k2", 2))
                .hasToString("context.TODO.WithValue(Key1[n=1], v1).WithValue(k2, 2)");
        CancelContext timed = background.withTimeout(Duration.ofHours(1));
        assertThat(timed.toString())
                .matches(
                        "context\\.Background\\.WithDeadline\\("
                                + timed.deadline().orElseThrow()
                                + " \\[PT59M5.*S]\\)");
        timed.cancel();
    }
}
