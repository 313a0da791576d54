package gofer.race.edges;

import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rewriting of `java.util.concurrent`: one rule for all classes, and the fields that are exceptions from it.
///
/// The rule takes the code as it is: volatile fields, atomic operations and monitors order threads. In some classes, operations
/// without order stand beside a fence, or before a volatile write. They count as ordered too. Only the atomic classes pass
/// such operations on to the program, so there they count as what they are.
final class ConcurrentRules {

    private static final String PACKAGE = "java/util/concurrent/";
    private static final String ATOMIC = PACKAGE + "atomic/";
    private static final String MAP = PACKAGE + "ConcurrentHashMap";
    private static final String POOL = PACKAGE + "ForkJoinPool";

    /// Classes outside of the package that are written in the same way.
    private static final Set<String> OTHERS = Set.of("jdk/internal/misc/ThreadFlock");

    /// Parking and unparking order nothing, and the other only uses fields of the current thread.
    private static final List<String> EXCLUDED = List.of(PACKAGE + "locks/LockSupport", PACKAGE + "ThreadLocalRandom");

    /// The fields that order no threads, by class and in lower case.
    ///
    /// What a map or pool promises depends on its elements: the bins of a map, the slots of the queues and the states of tasks.
    /// These fields change with each operation, so they would order operations that have nothing to do with each other.
    private static final Map<String, Set<String>> IGNORED =
            Map.of(
                    MAP,
                    Set.of(
                            "sizectl",
                            "basecount",
                            "cellsbusy",
                            "cellvalue",
                            "countercells",
                            "transferindex",
                            "table",
                            "nexttable"),
                    MAP + "$CounterCell",
                    Set.of("value"),
                    POOL,
                    Set.of("parallelism", "poolids", "stealcount", "threadids"),
                    POOL + "$WorkQueue",
                    Set.of("phase", "base", "top", "parking", "source", "stackpred"));

    /// Fields that are neither final nor volatile, which other threads read without a lock. There is a fence, or the object
    /// has a lock that the reader does not always take.
    private static final Map<String, Set<String>> UNLOCKED =
            Map.of(
                    PACKAGE + "ConcurrentSkipListMap",
                    Set.of("head"),
                    PACKAGE + "ConcurrentSkipListMap$Node",
                    Set.of("val", "next"),
                    PACKAGE + "ConcurrentSkipListMap$Index",
                    Set.of("right"),
                    MAP + "$TreeBin",
                    Set.of("root"),
                    MAP + "$TreeNode",
                    Set.of("left", "right", "parent"),
                    PACKAGE + "SubmissionPublisher$BufferedSubscription",
                    Set.of("array"));

    /// The methods of the pool that see the end of its work. In the others, its own state is nothing but scheduling.
    private static final Set<String> SEES_END =
            Set.of(
                    "quiescent",
                    "tryTerminate",
                    "terminationSignal",
                    "cmpExTerminationSignal",
                    "awaitTermination",
                    "close",
                    "isTerminated",
                    "isTerminating",
                    "isShutdown",
                    "isQuiescent",
                    "awaitQuiescence",
                    "helpQuiesce",
                    "externalHelpQuiesce");

    private final VolatileFields volatiles = new VolatileFields();

    static boolean appliesTo(String type) {
        return type.startsWith(PACKAGE) && EXCLUDED.stream().noneMatch(type::startsWith) || OTHERS.contains(type);
    }

    /// Returns the classes with exceptions, for tests.
    static Set<String> namedTypes() {
        return Stream.concat(IGNORED.keySet().stream(), UNLOCKED.keySet().stream()).collect(Collectors.toSet());
    }

    /// Returns the fields that are exceptions, for tests.
    static Set<String> namedFields(String type) {
        return Stream.concat(
                        IGNORED.getOrDefault(type, Set.of()).stream(), UNLOCKED.getOrDefault(type, Set.of()).stream())
                .collect(Collectors.toSet());
    }

    /// Returns the rewriting of a method of the class `type`.
    List<Step> steps(String type, MethodModel method) {
        boolean isAtomic = type.startsWith(ATOMIC) && !type.contains("Striped64") && !type.contains("Accumulator");
        boolean isUpdater = type.startsWith(ATOMIC) && type.contains("FieldUpdater");
        String name = method.methodName().stringValue();
        FieldRule rule =
                new FieldRule(
                        IGNORED.getOrDefault(type, Set.of()),
                        !type.equals(POOL) || SEES_END.contains(name),
                        !type.equals(POOL + "$WorkQueue") || !name.equals("push")); // looks at the task before
        List<Step> steps = new ArrayList<>();
        steps.add(new UnsafeCalls(rule, isAtomic, isUpdater));
        steps.add(new HandleCalls(isAtomic));
        steps.add(new VolatileAccesses(selected(rule), isAtomic));
        steps.add(new Monitors());
        return steps;
    }

    private Predicate<FieldInstruction> selected(FieldRule rule) {
        return access -> {
            String owner = access.owner().asInternalName();
            String name = access.name().stringValue();
            boolean isRead = access.opcode().name().startsWith("GET");
            return UNLOCKED.getOrDefault(owner, Set.of()).contains(name)
                    || isOrdered(owner, name, !rule.fieldsAcquire() && isRead && owner.equals(POOL))
                            && appliesTo(owner)
                            && volatiles.contains(owner, name);
        };
    }

    private static boolean isOrdered(String owner, String name, boolean onlyScheduling) {
        return !onlyScheduling && !IGNORED.getOrDefault(owner, Set.of()).contains(name.toLowerCase(Locale.ROOT));
    }
}
