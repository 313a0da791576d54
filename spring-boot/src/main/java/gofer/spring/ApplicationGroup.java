package gofer.spring;

import gofer.goroutine.Goroutine;

/// The goroutines of a Spring application: they end when it stops, and it waits for them. The starter provides a bean of
/// this type.
///
/// Goroutines can be started from the moment when Spring starts the beans with a life cycle: in an `ApplicationRunner`, in
/// a listener of `ApplicationReadyEvent`, in a request, in the `start` of a `SmartLifecycle`. In constructors and methods
/// with `@PostConstruct` it is too early.
///
/// When the application stops, Spring first stops the web server, which finishes the requests in progress. Then it stops
/// the group: the context of the goroutines is done, and Spring waits until they all have ended, up to
/// `spring.lifecycle.timeout-per-shutdown-phase` (30 s by default). If some have not ended then, the shutdown continues.
/// The log names them and contains their stacks. Beans are destroyed after that, so goroutines can use them to the end.
///
/// An exception or error that leaves a goroutine is a failure. It is logged with the name of the goroutine, by the logger
/// `gofer.spring.ApplicationGroup`, and counted. The other goroutines continue. The end of a goroutine by a
/// [gofer.context.CanceledException] is no failure once its context is done.
///
/// Each application context has its own group. A child context uses the group of its parent.
///
/// **Memory:** the call of [#go] happens before the body starts. The end of each body happens before beans are destroyed,
/// if Spring has waited for it.
///
/// **Go:** none; programs combine `signal.NotifyContext` and a `sync.WaitGroup`.
public interface ApplicationGroup {

    /// Starts a goroutine that runs `body`, and returns at once. `name` appears in logs, dumps and reports.
    ///
    /// Throws an [IllegalStateException] if the application has not started yet, and a [gofer.context.CanceledException]
    /// if it has stopped the group. Its cause names the goroutine. Neither starts a goroutine.
    Goroutine go(String name, ContextBody body);
}
