/// The agent, which rewrites plain Java so that its time can be virtual and its accesses are scheduling points. It does not
/// depend on the rest of the module.
@NullMarked
package gofer.testing.agent;

import org.jspecify.annotations.NullMarked;
