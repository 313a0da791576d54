/// Timers and tickers whose time arrives on a channel.
@NullMarked
package gofer.time;

import org.jspecify.annotations.NullMarked;
