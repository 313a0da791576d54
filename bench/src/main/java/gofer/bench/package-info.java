/// The bench: runs every workload for every peer, and reports ratios.
@NullMarked
package gofer.bench;

import org.jspecify.annotations.NullMarked;
