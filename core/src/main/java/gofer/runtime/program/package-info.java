/// A program by Go's rules: how it ends, and what it prints then. Not API.
@NullMarked
package gofer.runtime.program;

import org.jspecify.annotations.NullMarked;
