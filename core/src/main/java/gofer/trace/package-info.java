/// Tasks, regions and messages of the program in recordings of the JDK's flight recorder.
@NullMarked
package gofer.trace;

import org.jspecify.annotations.NullMarked;
