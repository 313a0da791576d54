package gofer.race.edges;

import java.lang.classfile.CodeElement;

/// A part of the rewriting of one method body, such as the hooks of its volatile fields. It may have a state.
interface Step {

    /// Writes the code for an element of the body, if this step concerns it. Returns false if it does not, or if `body` shall
    /// write the element also.
    boolean write(Body body, CodeElement element);
}
