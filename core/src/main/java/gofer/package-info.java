/// The verbs: `import static gofer.Go.*;`.
@NullMarked
package gofer;

import org.jspecify.annotations.NullMarked;
