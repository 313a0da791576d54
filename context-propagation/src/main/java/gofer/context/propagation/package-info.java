/// A carrier for Micrometer's library context-propagation.
@NullMarked
package gofer.context.propagation;

import org.jspecify.annotations.NullMarked;
