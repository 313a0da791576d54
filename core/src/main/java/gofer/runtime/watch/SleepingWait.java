package gofer.runtime.watch;

import gofer.runtime.park.Sleeper;

/// What a thread was seen to sleep in. Sleepers are used again: then the second number differs.

record SleepingWait(Sleeper sleeper, int sleep) {}
