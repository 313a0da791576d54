/// Every workload for every peer, in one run, as ratios.
@NullMarked
package gofer.bench;

import org.jspecify.annotations.NullMarked;
