/// What rewrites plain Java so that its time can be virtual, and its accesses points. Knows nothing of worlds.
@NullMarked
package gofer.testing.agent;

import org.jspecify.annotations.NullMarked;
