package gofer.race.runtime;

/// What a thread is called in reports.
record ThreadName(long number, String name, boolean isVirtual) {

    static ThreadName of(Thread thread) {
        return new ThreadName(thread.threadId(), thread.getName(), thread.isVirtual());
    }

    @Override
    public String toString() {
        String kind = (isVirtual ? "virtual thread " : "thread ") + number;
        return name.isEmpty() ? kind : kind + " \"" + name + "\"";
    }
}
