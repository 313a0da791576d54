/// Annotations for JUnit.
@NullMarked
package gofer.testing.junit;

import org.jspecify.annotations.NullMarked;
