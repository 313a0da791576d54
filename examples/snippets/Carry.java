// Context that travels: the goroutine sees the user and the trace id of the code that started it, although one is a
// scoped value and the other a thread-local.

import module gofer;
import static gofer.Go.*;

static final ScopedValue<String> USER = ScopedValue.newInstance();
static final ThreadLocal<String> TRACE = new ThreadLocal<>();

void main() throws Exception {
    // @start region="carry"
    carry(Carrier.of(USER));
    carry(Carrier.of(TRACE));
    // @end
    TRACE.set("trace 7");
    ScopedValue.where(USER, "alice").run(this::handle);
}

void handle() {
    // @start region="handle"
    var wg = new WaitGroup();
    wg.go(() -> IO.println(USER.get() + ", " + TRACE.get()));
    wg.await();
    // @end
}
