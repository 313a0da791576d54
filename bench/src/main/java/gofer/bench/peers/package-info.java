/// The peers: the same rows, written for each.
@NullMarked
package gofer.bench.peers;

import org.jspecify.annotations.NullMarked;
