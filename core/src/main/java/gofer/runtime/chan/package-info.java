/// The algorithms of channels and of `select`. Not API.
@NullMarked
package gofer.runtime.chan;

import org.jspecify.annotations.NullMarked;
