/// Signals of the operating system, such as the one that Ctrl-C sends.
@NullMarked
package gofer.signal;

import org.jspecify.annotations.NullMarked;
