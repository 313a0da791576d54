/// Receive-only channels that the floors above make. Not API: their users see a [gofer.chan.RecvChan].
@NullMarked
package gofer.chan.flavor;

import org.jspecify.annotations.NullMarked;
