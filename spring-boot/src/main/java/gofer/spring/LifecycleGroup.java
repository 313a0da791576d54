package gofer.spring;

import gofer.Go;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.goroutine.Goexit;
import gofer.goroutine.Goroutine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/// The group that the starter provides. It knows no time limit: Spring has one, and [#destroy] runs after it.
final class LifecycleGroup implements ApplicationGroup, SmartLifecycle, DisposableBean {

    /// Below the phases of the web server, which are 1024 and 2048 below the default phase. Spring starts beans from the
    /// lowest phase to the highest, and stops them in reverse.
    static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Log LOG = LogFactory.getLog(ApplicationGroup.class);

    /// The last failure.
    ///
    /// @param name the name of the goroutine
    record Failure(String name, Throwable thrown) {}

    private final ReentrantLock lock = new ReentrantLock(); // held briefly; locking does not respond to interrupts
    private final Map<Member, Goroutine> members = new LinkedHashMap<>(); // that have not ended; guarded by lock
    private final List<Runnable> callbacks = new ArrayList<>(); // of stops that wait; guarded by lock
    private @Nullable CancelContext context; // null before the first start; guarded by lock
    private boolean running; // from a start to the next stop; guarded by lock
    private long failures; // guarded by lock
    private @Nullable Failure lastFailure; // guarded by lock

    @Override
    public Goroutine go(String name, ContextBody body) {
        Objects.requireNonNull(name, "goroutine name");
        Objects.requireNonNull(body, "body");
        lock.lock();
        try {
            if (context == null) {
                throw new IllegalStateException(
                        notStarted(name, "the application has not started yet, start it in an ApplicationRunner"));
            }
            if (!running) {
                throw new CanceledException(new IllegalStateException(notStarted(name, "the application has stopped")));
            }
            Member member = new Member(name, context, body);
            Goroutine goroutine = Go.go(name, member);
            members.put(member, goroutine);
            return goroutine;
        } finally {
            lock.unlock();
        }
    }

    private static String notStarted(String name, String reason) {
        return "goroutine \"" + name + "\" not started: " + reason;
    }

    /// Returns the goroutines that have not ended, in the order of their start. The list does not change.
    List<Goroutine> goroutines() {
        lock.lock();
        try {
            return List.copyOf(members.values());
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many goroutines have failed so far.
    long failures() {
        lock.lock();
        try {
            return failures;
        } finally {
            lock.unlock();
        }
    }

    @Nullable Failure lastFailure() {
        lock.lock();
        try {
            return lastFailure;
        } finally {
            lock.unlock();
        }
    }

    /// Lets goroutines start. After a stop they get a new context. Those that have ended are not started again.
    @Override
    public void start() {
        lock.lock();
        try {
            if (!running) {
                running = true;
                context = Context.background().withCancel();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /// Cancels the context and returns at once. Runs `callback` when all goroutines of the group have ended: in the last of
    /// them, or in the caller if there is none.
    @Override
    public void stop(Runnable callback) {
        CancelContext current;
        boolean idle;
        lock.lock();
        try {
            running = false;
            current = context;
            idle = members.isEmpty();
            if (!idle) {
                callbacks.add(callback);
            }
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.cancel();
        }
        if (idle) {
            callback.run();
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// Returns false: after a pause, nothing would start the goroutines again. Spring 7 asks for this.
    public boolean isPauseable() {
        return false;
    }

    /// Logs the goroutines that have not ended.
    @Override
    public void destroy() {
        if (isRunning()) { // the start of the application has failed: the goroutines have had no time to end
            stop();
            return;
        }
        List<Goroutine> left = goroutines();
        if (!left.isEmpty()) {
            LOG.warn("Goroutines that have not ended during the shutdown: " + names(left) + "\n\n" + stacks());
        }
    }

    /// Returns for example `"consumer" [chan receive], "producer" [runnable]`.
    private static String names(List<Goroutine> goroutines) {
        return goroutines.stream()
                .map(goroutine -> {
                    String reason = goroutine.waitReason().toString();
                    return '"' + goroutine.name() + "\" [" + (reason.isEmpty() ? "runnable" : reason) + ']';
                })
                .collect(Collectors.joining(", "));
    }

    /// Returns the stacks of all goroutines, without that of the current thread, which comes first. Other goroutines may be
    /// why those of this group have not ended.
    private static String stacks() {
        String all = Go.stacks();
        return all.substring(all.indexOf("\n\n") + 2);
    }

    private void fail(String name, Throwable thrown) {
        lock.lock();
        try {
            failures++;
            lastFailure = new Failure(name, thrown);
        } finally {
            lock.unlock();
        }
        LOG.error("Goroutine \"" + name + "\" has failed", thrown);
    }

    private void end(Member member) {
        List<Runnable> ready = List.of();
        lock.lock();
        try {
            members.remove(member);
            if (members.isEmpty()) {
                ready = List.copyOf(callbacks);
                callbacks.clear();
            }
        } finally {
            lock.unlock();
        }
        ready.forEach(Runnable::run);
    }

    /// A body, and what happens when it ends.
    private final class Member implements Body {

        private final String name;
        private final Context ctx;
        private final ContextBody body;

        Member(String name, Context ctx, ContextBody body) {
            this.name = name;
            this.ctx = ctx;
            this.body = body;
        }

        @Override
        public void run() throws Goexit {
            try {
                body.run(ctx);
            } catch (Goexit ended) {
                throw ended;
            } catch (CanceledException canceled) {
                if (!ctx.isDone()) {
                    fail(name, canceled);
                }
            } catch (Throwable thrown) {
                fail(name, thrown);
            } finally {
                end(this);
            }
        }
    }
}
