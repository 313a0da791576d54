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

/// Asks threads of the JDK, which look the same with and without work, whether they have some. On our scheduler only: it takes
/// fields that the JDK does not export. What cannot be found out counts as work.
public final class JdkIdle {

    /// Where the thread of an HTTP client waits, with requests or without.
    public static final String HTTP_CLIENT = "jdk.internal.net.http.HttpClientImpl$SelectorManager.run";

    /// Where one of those waits that serve asynchronous channels.
    public static final String ASYNC_CHANNELS = "Port$EventHandlerTask.poll";

    /// Where threads wait for calls from other processes, and serve them.
    public static final Set<String> REMOTE_CALLS =
            Set.of(
                    "sun.rmi.transport.tcp.TCPTransport$AcceptLoop.run",
                    "sun.rmi.transport.tcp.TCPTransport$ConnectionHandler.run");

    private JdkIdle() {}

    /// Whether the HTTP client that `thread` belongs to has no request to wait for, and no web socket.
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

    /// What a virtual thread runs.
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

    /// Whether no asynchronous socket is open that uses the threads of the default group.
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

    /// Whether all objects that other processes can call by RMI are the JDK's: those of the management.
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
