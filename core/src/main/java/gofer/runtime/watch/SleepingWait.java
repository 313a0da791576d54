package gofer.runtime.watch;

import gofer.runtime.park.Sleeper;

/// The sleep in which a thread was seen. Sleepers are reused; each reuse has a new number `sleep`.

record SleepingWait(Sleeper sleeper, int sleep) {}
