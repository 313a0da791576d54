/// Programs that run by Go's rules: how they end, and what they print then. Not API.
@NullMarked
package gofer.runtime.program;

import org.jspecify.annotations.NullMarked;
