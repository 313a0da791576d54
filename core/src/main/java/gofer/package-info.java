/// The functions that start goroutines, select, sleep and inspect the program: `import static gofer.Go.*;`.
@NullMarked
package gofer;

import org.jspecify.annotations.NullMarked;
