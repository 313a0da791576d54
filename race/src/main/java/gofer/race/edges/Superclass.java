package gofer.race.edges;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/// A change of constructors so that the class can extend another class than [Object].
final class Superclass implements CodeTransform {

    private final ClassDesc superclass;
    private int created; // the objects of class Object whose constructors have not been called yet
    private boolean begun; // whether the constructor has called another one for the object

    private Superclass(ClassDesc superclass) {
        this.superclass = superclass;
    }

    /// Returns a transform of a class that extends [Object]. `superclass` must have a constructor without parameters.
    static ClassTransform change(ClassDesc superclass) {
        return ClassTransform.dropping(element -> element instanceof java.lang.classfile.Superclass)
                .andThen(ClassTransform.endHandler(type -> type.withSuperclass(superclass)))
                .andThen(
                        ClassTransform.transformingMethodBodies(
                                method -> method.methodName().equalsString(ConstantDescs.INIT_NAME),
                                CodeTransform.ofStateful(() -> new Superclass(superclass))));
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof NewObjectInstruction creation && isObject(creation.className().asSymbol())) {
            created++;
        }
        if (begun || !(element instanceof InvokeInstruction call) || !isConstructorOfObject(call)) {
            code.with(element);
        } else if (created > 0) {
            created--;
            code.with(element);
        } else {
            begun = true;
            code.invokespecial(superclass, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        }
    }

    private static boolean isConstructorOfObject(InvokeInstruction call) {
        return call.name().equalsString(ConstantDescs.INIT_NAME) && isObject(call.owner().asSymbol());
    }

    private static boolean isObject(ClassDesc type) {
        return type.equals(ConstantDescs.CD_Object);
    }
}
