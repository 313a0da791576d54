/// The peers on Gofer and on the JDK: the same rows, implemented by each.
@NullMarked
package gofer.bench.peers;

import org.jspecify.annotations.NullMarked;
