package gofer.race.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The laws of clocks, against maps.
class ClockTest {

    private static final int ROUNDS = 300;

    /// An identity of a strand that exists only for a clock.
    private record Identity(Block block, int id) {}

    private final Map<Integer, Integer> lastTimes = new HashMap<>(); // of the strands that have ended

    private record Known(Clock clock, Map<Integer, Integer> times) {}

    @Test
    void knowsWhatAMapKnows() {
        var random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            List<Identity> identities = identities(1 + random.nextInt(120));
            var clocks = new ArrayList<Known>();
            clocks.add(new Known(Clock.EMPTY, Map.of()));
            for (int step = 0; step < 60; step++) {
                clocks.add(random(clocks, identities, random));
            }
            for (Known known : clocks) {
                assertSame(known, identities);
            }
        }
    }

    @Test
    void knowsAllOfStrandsThatEnded() {
        var random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            List<Identity> identities = identities(1 + random.nextInt(200));
            var clocks = new ArrayList<Known>();
            clocks.add(new Known(Clock.EMPTY, Map.of()));
            for (int step = 0; step < 100; step++) {
                clocks.add(random(clocks, identities, random));
                end(identities.get(random.nextInt(identities.size())), random.nextInt(3));
            }
            for (Identity identity : identities) {
                end(identity, random.nextInt(3));
            }
            for (int step = 0; step < 100; step++) {
                clocks.add(random(clocks, identities, random));
            }
            for (Known known : clocks) {
                assertSame(known, identities);
            }
        }
    }

    @Test
    void joinReturnsTheClockThatIsEnough() {
        List<Identity> identities = identities(100);
        Clock first = Clock.EMPTY;
        for (Identity identity : identities) {
            first = first.with(identity.block(), identity.id(), 1);
        }
        Clock second = first.with(identities.get(70).block(), identities.get(70).id(), 2);
        assertThat(first.join(second)).isSameAs(second);
        assertThat(second.join(first)).isSameAs(second);
        assertThat(second.join(Clock.EMPTY)).isSameAs(second);
        assertThat(Clock.EMPTY.join(second)).isSameAs(second);
        assertThat(second.with(identities.get(70).block(), identities.get(70).id(), 1)).isSameAs(second);
    }

    @Test
    void aFullClockKnowsEveryTime() {
        List<Identity> identities = identities(3000);
        Clock clock = Clock.EMPTY;
        for (Identity identity : identities) {
            clock = clock.with(identity.block(), identity.id(), 7);
            end(identity, 7);
        }
        for (Identity identity : identities(2000)) { // enough for it to look for strands that have ended
            clock = clock.with(identity.block(), identity.id(), 1);
        }
        for (Identity identity : identities.subList(Block.SIZE, identities.size() - Block.SIZE)) {
            assertThat(clock.get(identity.id())).isEqualTo(Integer.MAX_VALUE);
        }
    }

    /// Each model contains the times that are known, which for a strand that has ended may be more.
    private void assertSame(Known known, List<Identity> identities) {
        for (Identity identity : identities) {
            int time = known.clock.get(identity.id());
            int expected = known.times.getOrDefault(identity.id(), 0);
            if (time == Integer.MAX_VALUE) {
                assertThat(expected).isGreaterThanOrEqualTo(lastTimes.get(identity.id()));
            } else {
                assertThat(time).isEqualTo(expected);
            }
        }
    }

    private static Known random(List<Known> clocks, List<Identity> identities, Random random) {
        Known first = clocks.get(random.nextInt(clocks.size()));
        var times = new TreeMap<>(first.times);
        if (random.nextBoolean()) {
            Known second = clocks.get(random.nextInt(clocks.size()));
            second.times.forEach((id, time) -> times.merge(id, time, Math::max));
            return new Known(first.clock.join(second.clock), times);
        }
        Identity identity = identities.get(random.nextInt(identities.size()));
        int time = 1 + random.nextInt(5);
        times.merge(identity.id(), time, Math::max);
        return new Known(first.clock.with(identity.block(), identity.id(), time), times);
    }

    private List<Identity> identities(int count) {
        var identities = new ArrayList<Identity>();
        for (int i = 0; i < count; i++) {
            var strand = new Strand(null);
            identities.add(new Identity(strand.block(), strand.id()));
        }
        return identities;
    }

    private void end(Identity identity, int time) {
        if (lastTimes.putIfAbsent(identity.id(), time) == null) {
            identity.block().end(identity.id(), time);
        }
    }
}
