/// Receive-only channels that higher packages create. Not API: users see a [gofer.chan.RecvChan].
@NullMarked
package gofer.chan.flavor;

import org.jspecify.annotations.NullMarked;
