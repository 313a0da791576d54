package gofer.race.edges.child;

import gofer.race.edges.child.Trials.Action;
import gofer.race.edges.child.Trials.Pair;

/// The main class of a child JVM. For each program, prints its name, and whether the second thread knows the first.
public final class Child {

    private static volatile long moment; // of the first thread; no edge, as this class has no hooks
    private static volatile boolean known;

    private Child() {}

    public static void main(String[] args) throws Exception {
        var trials = new Trials();
        switch (args[0]) {
            case "ordered" -> addOrdered(trials);
            case "unordered" -> UnorderedTrials.addTo(trials);
            default -> throw new IllegalArgumentException(args[0]);
        }
        for (var program : trials.programs().entrySet()) {
            for (Thread.Builder builder : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
                String kind = builder instanceof Thread.Builder.OfVirtual ? "virtual " : "platform ";
                System.out.print(kind + program.getKey());
                System.out.flush();
                System.out.println(": " + run(builder, program.getValue().get()));
            }
        }
        System.exit(0);
    }

    /// Adds the programs whose second thread must know the first.
    static void addOrdered(Trials trials) {
        LockTrials.addTo(trials);
        QueueTrials.addTo(trials);
        TaskTrials.addTo(trials);
        MapTrials.addTo(trials);
        AtomicTrials.addTo(trials);
        ThreadTrials.addTo(trials);
        OtherTrials.addTo(trials);
    }

    private static boolean run(Thread.Builder builder, Pair pair) throws Exception {
        RecordingHooks.begin();
        moment = 0;
        known = false;
        Thread second = builder.unstarted(() -> second(pair.second()));
        Thread first = builder.unstarted(() -> first(pair.first()));
        second.start();
        first.start();
        first.join();
        second.join();
        RecordingHooks.end();
        return known;
    }

    private static void first(Action action) {
        try {
            moment = RecordingHooks.now();
            action.run();
        } catch (Throwable e) {
            System.out.println(e);
        }
    }

    private static void second(Action action) {
        try {
            Trials.until(() -> moment != 0);
            action.run();
            known = RecordingHooks.knows(moment);
        } catch (Throwable e) {
            System.out.println(e);
        }
    }
}
