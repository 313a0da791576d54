package gofer.signal;

import gofer.chan.SendChan;
import gofer.context.CancelContext;

/// What receives a signal. Two receivers are equal if they are the same channel or the same context.
sealed interface Receiver {

    /// A channel, to which the signal is sent.
    record ToChannel(SendChan<? super Signal> chan) implements Receiver {}

    /// A context, which the signal cancels. Then it receives no more signals.
    record ToContext(CancelContext ctx) implements Receiver {}
}
