// The search for data races in all schedules of a body. Here each method takes the lock, so the search finds no race.

import module gofer;
import module gofer.testing;

static class Sales {
    private final Mutex mu = new Mutex();
    private int sold; // guarded by mu

    void sell() {
        try (var _ = mu.lock()) {
            sold++;
        }
    }

    // @start region="fix"
    int sold() {
        try (var _ = mu.lock()) {
            return sold;
        }
    }
    // @end
}

void main() throws Exception {
    // @start region="search"
    var result =
            Explore.exhaustively()
                    .check(() -> {
                        var sales = new Sales();
                        var staff = new WaitGroup();
                        staff.go("clerk", sales::sell);
                        staff.go("manager", sales::sold);
                        staff.await();
                    });
    IO.println(result.isComplete() ? "no race in any schedule" : result.summary());
    // @end
}
