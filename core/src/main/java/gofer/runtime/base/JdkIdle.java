package gofer.runtime.base;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Determines whether certain JDK threads have work. Their stacks are the same with and without work. Only for Gofer's
/// scheduler, because it reads fields that the JDK does not export. What cannot be determined counts as work.
public final class JdkIdle {

    /// The method in which the thread of an HTTP client waits, with or without requests.
    public static final String HTTP_CLIENT = "jdk.internal.net.http.HttpClientImpl$SelectorManager.run";

    /// The method in which the threads that serve asynchronous channels wait.
    public static final String ASYNC_CHANNELS = "Port$EventHandlerTask.poll";

    /// The methods in which threads wait for calls from other processes, and serve them.
    public static final Set<String> REMOTE_CALLS =
            Set.of(
                    "sun.rmi.transport.tcp.TCPTransport$AcceptLoop.run",
                    "sun.rmi.transport.tcp.TCPTransport$ConnectionHandler.run");

    private JdkIdle() {}

    /// Returns whether the HTTP client to which `thread` belongs has no pending request and no web socket.
    public static boolean isHttpClientIdle(Thread thread) {
        try {
            Object manager = thread.isVirtual() ? task(thread) : thread;
            Class<?> type = manager.getClass();
            JdkHooks.open(type.getModule(), type.getPackageName());
            Object client = value(type.getDeclaredField("owner"), manager);
            for (Field field : client.getClass().getDeclaredFields()) {
                if (field.getType() == AtomicLong.class
                        && field.getName().startsWith("pending")
                        && field.getName().endsWith("Count")
                        && !field.getName().equals("pendingTCPConnectionCount") // kept open for the next request
                        && ((AtomicLong) value(field, client)).get() != 0) {
                    return false;
                }
            }
            return true;
        } catch (Throwable unknown) {
            return false;
        }
    }

    /// Returns the task of a virtual thread.
    private static Object task(Thread thread) throws Throwable {
        JdkHooks.open(Object.class.getModule(), "jdk.internal.vm");
        Object continuation = value(thread.getClass().getDeclaredField("cont"), thread);
        Object target = value(continuation.getClass().getSuperclass().getDeclaredField("target"), continuation);
        Field task =
                Arrays.stream(target.getClass().getDeclaredFields())
                        .filter(field -> field.getType() == Runnable.class)
                        .findFirst()
                        .orElseThrow();
        return value(task, target);
    }

    /// Returns whether no asynchronous socket is open that uses the threads of the default group.
    public static boolean areNoAsyncChannelsOpen() {
        try {
            JdkHooks.open(Object.class.getModule(), "sun.nio.ch");
            Object port =
                    value(AsynchronousChannelProvider.provider().getClass().getDeclaredField("defaultPort"), null);
            for (Class<?> type = port.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals("fdToChannel")) {
                        return ((Map<?, ?>) value(field, port)).isEmpty();
                    }
                }
            }
            return false;
        } catch (Throwable unknown) {
            return false;
        }
    }

    /// Returns whether all objects that other processes can call by RMI belong to the JDK: those of its management
    /// interface.
    public static boolean areNoObjectsExported() {
        try {
            Class<?> table = Class.forName("sun.rmi.transport.ObjectTable");
            JdkHooks.open(table.getModule(), table.getPackageName());
            for (Object target : ((Map<?, ?>) value(table.getDeclaredField("objTable"), null)).values()) {
                var reference = (Reference<?>) value(target.getClass().getDeclaredField("weakImpl"), target);
                Object exported = reference.get();
                if (exported != null && exported.getClass().getClassLoader() != null) {
                    return false;
                }
            }
            return true;
        } catch (Throwable unknown) {
            return false;
        }
    }

    private static Object value(Field field, @Nullable Object of) throws IllegalAccessException {
        field.setAccessible(true);
        return Objects.requireNonNull(field.get(of));
    }
}
