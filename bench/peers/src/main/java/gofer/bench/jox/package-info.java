/// Jox's version of the rows.
@NullMarked
package gofer.bench.jox;

import org.jspecify.annotations.NullMarked;
