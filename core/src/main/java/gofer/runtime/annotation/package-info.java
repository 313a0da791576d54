/// Annotations for compilers and their plug-ins. Not API.
@NullMarked
package gofer.runtime.annotation;

import org.jspecify.annotations.NullMarked;
