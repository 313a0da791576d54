package gofer.race.edges;

import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.function.Predicate;

/// Makes calls quiet: nothing in them orders threads.
///
/// The calls must not run code of the program, which would lose its edges.
final class QuietCalls implements Step {

    private final Predicate<InvokeInstruction> selected;
    private boolean begun; // whether the constructor, if it is one, has called another constructor for the object

    QuietCalls(Predicate<InvokeInstruction> selected) {
        this.selected = selected;
    }

    @Override
    public boolean write(Body body, CodeElement element) {
        if (!(element instanceof InvokeInstruction call)) {
            return false;
        }
        boolean isConstructor = call.name().equalsString("<init>");
        if (body.method().methodName().equalsString("<init>") && !begun) { // here a handler needs other frames
            begun = isConstructor && isOwn(body, call);
            return false;
        }
        if (isConstructor || !selected.test(call)) {
            return false;
        }
        body.writeQuietly(call);
        return true;
    }

    private static boolean isOwn(Body body, InvokeInstruction call) {
        var type = body.method().parent().orElseThrow();
        String owner = call.owner().asInternalName();
        return owner.equals(type.thisClass().asInternalName())
                || type.superclass().filter(parent -> owner.equals(parent.asInternalName())).isPresent();
    }
}
