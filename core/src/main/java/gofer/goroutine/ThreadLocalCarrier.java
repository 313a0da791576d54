package gofer.goroutine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Carries the values of thread-locals.
record ThreadLocalCarrier(List<ThreadLocal<?>> locals) implements Carrier {

    static ThreadLocalCarrier of(ThreadLocal<?>[] locals) {
        for (ThreadLocal<?> local : Objects.requireNonNull(locals, "locals")) {
            Objects.requireNonNull(local, "thread-local");
        }
        return new ThreadLocalCarrier(List.of(locals));
    }

    @Override
    public @Nullable Snapshot capture() {
        List<Value<?>> values = new ArrayList<>(locals.size());
        for (ThreadLocal<?> local : locals) {
            Value<?> value = Value.of(local);
            if (value != null) {
                values.add(value);
            }
        }
        return values.isEmpty() ? null : new Values(values);
    }

    private record Value<T>(ThreadLocal<T> local, T value) {

        static <T> @Nullable Value<T> of(ThreadLocal<T> local) {
            T value = local.get();
            return value == null ? null : new Value<>(local, value);
        }

        void set() {
            local.set(value);
        }
    }

    private record Values(List<Value<?>> values) implements Snapshot {

        @Override
        public void run(Body body) throws Throwable {
            Objects.requireNonNull(body, "body");
            try {
                values.forEach(Value::set);
                body.run();
            } finally {
                values.forEach(value -> value.local().remove());
            }
        }
    }
}
