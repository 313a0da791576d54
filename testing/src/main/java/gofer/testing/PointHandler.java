package gofer.testing;

import gofer.Go;
import gofer.goroutine.FatalError;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
import gofer.testing.agent.Arguments;
import gofer.testing.agent.GoferPoints;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The handler of the scheduling points of rewritten classes; see [GoferPoints].
final class PointHandler {

    /// An access without its objects. There are few different ones.
    private record Kind(SyncPoint operation, List<String> members) {}

    private static final Map<String, Kind> KINDS = new ConcurrentHashMap<>();

    private static final String RANGE = "range"; // the beginning of GoferPoints.RANGES and RANGES_END

    private PointHandler() {}

    /// Connects the scheduling points of rewritten classes to explorations. Returns false if no classes are rewritten.
    static boolean install() {
        return GoferPoints.install(PointHandler::before);
    }

    /// Called on any thread. Affects only threads of an exploration.
    @SuppressWarnings("ThreadPriorityCheck") // the program's own yields
    private static void before(Object shared, Object what) {
        if (Thread.currentThread().isVirtual()
                && World.current() instanceof ExplorerLoop loop
                && loop.current instanceof Task task) {
            task.thread = Thread.currentThread(); // there may be no scheduling point before the thread ends
            Races races = loop.races;
            if (what instanceof String text && text.startsWith(RANGE)) {
                if (races != null && task.initializers == 0) {
                    ranges(races, task, text, (@Nullable Object[]) shared);
                }
                return;
            }
            if (races != null) {
                races.completeLast(task);
            }
            if (what instanceof String text && text.startsWith(GoferPoints.CALL_ENDS)) {
                if (races != null && task.initializers == 0) {
                    races.endCall(task, shared, text.substring(GoferPoints.CALL_ENDS.length()));
                }
            } else if (what.equals(GoferPoints.YIELD) || what.equals(GoferPoints.SPIN)) {
                Go.gosched();
            } else if (what.equals(GoferPoints.INITIALIZER_STARTS)) {
                task.initializers++;
            } else if (what.equals(GoferPoints.INITIALIZER_ENDS)) {
                task.initializers--;
                if (races != null) {
                    races.endInitializer(task);
                }
            } else if (what.equals(GoferPoints.PROCESS_EXITS)) {
                var refused = new FatalError(shared + " in an exploration: it would end the search");
                loop.fail(
                        new Failure(
                                Failure.Kind.PANIC, refused.toString(), "", refused)); // even if the program catches it
                throw refused;
            } else if (what.equals(GoferPoints.THREAD_STARTS)) {
                loop.platform.recordStart((Thread) shared);
            } else if (what.equals(GoferPoints.WAIT_ENDS)) {
                loop.endWait(shared);
                if (races != null) {
                    races.endWait(task, shared);
                }
            } else if (what.equals(GoferPoints.JOINS)) {
                task.joined = (Thread) shared;
            } else if (task.initializers == 0) {
                Access access = access(shared, what); // null if no object is shared
                if (access != null) {
                    perform(loop, task, access);
                }
            }
        } else if (what.equals(GoferPoints.YIELD)) {
            Thread.yield();
        }
    }

    private static void ranges(Races races, Task task, String what, @Nullable Object[] values) {
        if (what.equals(GoferPoints.RANGES_END)) {
            races.endRanges(task, values);
        } else {
            races.beginRanges(task, what.substring(GoferPoints.RANGES.length()), values);
        }
    }

    private static void perform(ExplorerLoop loop, Task task, Access access) {
        Races races = loop.races;
        if (races == null) {
            World.point(access.operation(), access);
            return;
        }
        VariableKind.initialize(access);
        if (!races.recordIfPlain(task, access)) {
            races.beforePoint(task, access);
            World.point(access.operation(), access);
            races.afterPoint(task, access);
        }
    }

    private static @Nullable Access access(Object shared, Object what) {
        if (what instanceof Long element) {
            return new Access((element & 1) == 0 ? SyncPoint.READ : SyncPoint.WRITE, shared, (int) (element >> 1));
        }
        Kind kind = KINDS.computeIfAbsent((String) what, PointHandler::kind);
        List<String> members = kind.members;
        if (members.size() == 1) {
            return prepend(kind.operation, shared, members.getFirst(), null);
        }
        Access access = null;
        for (int i = members.size() - 1; i >= 0; i--) {
            access = prepend(kind.operation, ((Object[]) shared)[i], members.get(i), access);
        }
        return access;
    }

    /// Returns the access to `object` followed by `next`, or only `next` if `object` is not shared.
    private static @Nullable Access prepend(
            SyncPoint operation, @Nullable Object object, String member, @Nullable Access next) {
        char sign = operation != SyncPoint.CALL || member.isEmpty() ? ' ' : member.charAt(0);
        if (object == null) {
            return next;
        }
        if (sign != Arguments.CHECKED && sign != Arguments.ELEMENTS) {
            return new Access(operation, object, member, true, next);
        }
        String name = member.substring(1);
        Access found = next;
        if (object instanceof Object[] elements) {
            for (Object element : elements) {
                found = prependIfShared(operation, element, name, found);
            }
        }
        return sign == Arguments.CHECKED ? prependIfShared(operation, object, name, found) : found;
    }

    private static @Nullable Access prependIfShared(
            SyncPoint operation, @Nullable Object object, String member, @Nullable Access next) {
        return object == null || JdkKind.of(object) == JdkKind.NONE
                ? next
                : new Access(operation, object, member, false, next);
    }

    private static Kind kind(String what) {
        int space = what.indexOf(' ');
        SyncPoint operation = SyncPoint.valueOf(space < 0 ? what : what.substring(0, space));
        String members = space < 0 ? "" : what.substring(space + 1);
        return new Kind(operation, operation == SyncPoint.CALL ? List.of(members.split(" ")) : List.of(members));
    }
}
