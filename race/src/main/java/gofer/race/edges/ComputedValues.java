package gofer.race.edges;

import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/// The edges of `ClassValue`: from the end of `computeValue` to each `get` of the value.
final class ComputedValues implements Step {

    static final String OWNER = "java/lang/ClassValue";

    private static final ClassDesc TYPE = ClassDesc.ofInternalName(OWNER);

    @Override
    public boolean write(Body body, CodeElement element) {
        if (!(element instanceof InvokeInstruction call) || !call.name().equalsString("computeValue")) {
            return false;
        }
        body.code().with(call);
        call(body, "computed");
        return true;
    }

    /// Writes a call with the object and the first argument of the method, which is the class.
    static void call(Body body, String name) {
        HookCalls.jdk(body.code().aload(0).aload(1), name, TYPE, ConstantDescs.CD_Class);
    }
}
