package gofer.pipeline;

import gofer.Go;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.SendChan;
import gofer.chan.Third;
import gofer.chan.Value;
import gofer.context.CancelContext;
import gofer.time.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The work of a stage that collects values in batches.
///
/// @param maxWait the time after the first value of a batch at which the batch is sent; null if there is no limit
record Batches<T>(CancelContext ctx, RecvChan<T> in, int size, @Nullable Duration maxWait) {

    void work(SendChan<List<T>> out) {
        for (List<T> batch = next(); !batch.isEmpty(); batch = next()) {
            out.send(ctx, Collections.unmodifiableList(batch));
        }
    }

    /// Returns the next batch, which is empty at the end of the input.
    private List<T> next() {
        List<T> batch = new ArrayList<>();
        if (Stage.recv(ctx, in) instanceof Value(var first)) {
            batch.add(first);
            if (maxWait == null) {
                fill(batch, RecvChan.never());
            } else {
                try (var alarm = Alarm.in(maxWait)) {
                    fill(batch, alarm.c());
                }
            }
        }
        return batch;
    }

    /// Adds values until the batch is full or due, or the input has ended.
    private void fill(List<T> batch, RecvChan<Instant> due) {
        while (batch.size() < size) {
            switch (Go.select(in, due, ctx.done())) {
                case First(Value(var value)) -> batch.add(value);
                case First(Closed()), Second(_) -> {
                    return;
                }
                case Third(_) -> throw Pipeline.causeOf(ctx);
            }
        }
    }
}
