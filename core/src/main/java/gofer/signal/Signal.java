package gofer.signal;

import gofer.runtime.annotation.CheckReturnValue;

/// A signal that a Java program can handle.
///
/// The JVM uses others itself, such as SIGQUIT, for its thread dump, and SIGUSR2. SIGKILL and SIGSTOP cannot be handled
/// at all.
///
/// **Go:** `os.Signal`, with the names of the package `syscall`.
@CheckReturnValue
public enum Signal {

    /// The terminal was closed. By default, it ends the program. Windows does not have it.
    SIGHUP,

    /// Ctrl-C. By default, it ends the program.
    ///
    /// **Go:** also `os.Interrupt`.
    SIGINT,

    /// A request to end, from `kill`, from a service manager or from a container runtime. By default, it ends the
    /// program.
    SIGTERM,

    /// For any purpose of the program. By default, it ends the program at once, without shutdown hooks. Windows does not
    /// have it.
    SIGUSR1;

    /// Returns the exit status with which shells expect a program to end because of this signal: 128 and the number of
    /// the signal. For SIGINT that is 130, for SIGTERM 143.
    public int status() {
        return 128 + Receivers.of(this).number();
    }
}
