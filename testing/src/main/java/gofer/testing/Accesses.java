package gofer.testing;

import gofer.Go;
import gofer.goroutine.FatalError;
import gofer.runtime.base.Operation;
import gofer.runtime.park.World;
import gofer.testing.agent.GoferPoints;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the points of rewritten classes lead to; see [GoferPoints].
final class Accesses {

    /// An access without its object: there are few of them.
    private record Kind(Operation operation, String member) {}

    private static final Map<String, Kind> KINDS = new ConcurrentHashMap<>();

    private Accesses() {}

    /// From now on points of rewritten classes are those of explorations. False if no classes are rewritten.
    static boolean install() {
        return GoferPoints.install(Accesses::before);
    }

    /// Of whatever thread: it concerns those of an exploration.
    @SuppressWarnings("ThreadPriorityCheck") // the program's own yields
    private static void before(Object shared, Object what) {
        if (Thread.currentThread().isVirtual()
                && World.current() instanceof ExplorerLoop loop
                && loop.current instanceof Task task) {
            if (what.equals(GoferPoints.YIELD) || what.equals(GoferPoints.SPIN)) {
                Go.gosched();
            } else if (what.equals(GoferPoints.INITIALIZES)) {
                task.initializers++;
            } else if (what.equals(GoferPoints.INITIALIZED)) {
                task.initializers--;
            } else if (what.equals(GoferPoints.EXITS)) {
                var refused = new FatalError(shared + " in an exploration: it would end the search");
                loop.fail(new Failure(Failure.Kind.PANIC, refused.toString(), "", refused)); // whoever catches it
                throw refused;
            } else if (what.equals(GoferPoints.STARTS)) {
                loop.platform.starts((Thread) shared);
            } else if (what.equals(GoferPoints.WAITED)) {
                loop.awaited(shared);
            } else if (task.initializers == 0) {
                Access access = access(shared, what);
                World.before(access.operation(), access);
            }
        } else if (what.equals(GoferPoints.YIELD)) {
            Thread.yield();
        }
    }

    private static Access access(Object shared, Object what) {
        if (what instanceof Long element) {
            return new Access((element & 1) == 0 ? Operation.READ : Operation.WRITE, shared, (int) (element >> 1));
        }
        Kind kind = KINDS.computeIfAbsent((String) what, Accesses::kind);
        return new Access(kind.operation, shared, kind.member);
    }

    private static Kind kind(String what) {
        int space = what.indexOf(' ');
        String verb = space < 0 ? what : what.substring(0, space);
        return new Kind(Operation.valueOf(verb), space < 0 ? "" : what.substring(space + 1));
    }
}
