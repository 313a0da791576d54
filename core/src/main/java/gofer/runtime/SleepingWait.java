package gofer.runtime;

/// What a thread was seen to sleep in. Sleepers are used again: then the second number differs.
record SleepingWait(Sleeper sleeper, int sleep) {}
