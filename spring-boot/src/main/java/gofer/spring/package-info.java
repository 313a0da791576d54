/// Goroutines in Spring Boot: [gofer.spring.ApplicationGroup] ends them when the application stops, and the application waits
/// for them.
@NullMarked
package gofer.spring;

import org.jspecify.annotations.NullMarked;
