/// One file per peer: its twin of every row.
@NullMarked
package gofer.bench.peers;

import org.jspecify.annotations.NullMarked;
