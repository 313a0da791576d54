package gofer.runtime.watch;

import gofer.runtime.park.Sleeper;

/// One sleep of a thread. Sleepers are reused; each reuse has a new number `sleep`.
record SleepingWait(Sleeper sleeper, int sleep) {}
