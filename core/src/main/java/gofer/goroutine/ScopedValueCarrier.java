package gofer.goroutine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Carries the bindings of scoped values.
record ScopedValueCarrier(List<ScopedValue<?>> values) implements Carrier {

    static ScopedValueCarrier of(ScopedValue<?>[] values) {
        for (ScopedValue<?> value : Objects.requireNonNull(values, "values")) {
            Objects.requireNonNull(value, "scoped value");
        }
        return new ScopedValueCarrier(List.of(values));
    }

    @Override
    public @Nullable Snapshot capture() {
        ScopedValue.Carrier bindings = null;
        for (ScopedValue<?> value : values) {
            bindings = add(value, bindings);
        }
        return bindings == null ? null : new Bindings(bindings);
    }

    private static <T> ScopedValue.@Nullable Carrier add(ScopedValue<T> value, ScopedValue.@Nullable Carrier others) {
        if (!value.isBound()) {
            return others;
        }
        return others == null ? ScopedValue.where(value, value.get()) : others.where(value, value.get());
    }

    private record Bindings(ScopedValue.Carrier all) implements Snapshot {

        @Override
        public void run(Body body) throws Throwable {
            Objects.requireNonNull(body, "body");
            var _ =
                    all.<Boolean, Throwable>call(() -> {
                        body.run();
                        return true;
                    });
        }
    }
}
