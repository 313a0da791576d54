package gofer.testing.agent;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transform that reports where a class initializer begins and ends. The JVM runs the initializer once, in a frame from which a
/// virtual thread cannot unmount. So neither the initializer nor the methods that it calls have scheduling points. Otherwise the
/// first schedule would differ from the others.
final class Initializers implements CodeTransform {

    private final ClassModel type;
    private final CodeModel original;
    private @Nullable Label body;

    Initializers(ClassModel type, CodeModel original) {
        this.type = type;
        this.original = original;
    }

    @Override
    public void atStart(CodeBuilder code) {
        emit(code, GoferPoints.INITIALIZER_STARTS);
        body = code.newBoundLabel();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof ReturnInstruction) {
            emit(code, GoferPoints.INITIALIZER_ENDS);
        }
        code.with(element);
    }

    @Override
    public void atEnd(CodeBuilder code) {
        MethodEnd.write(type, original, code, body, List.of(), cleanup -> emit(cleanup, GoferPoints.INITIALIZER_ENDS));
    }

    private void emit(CodeBuilder code, String what) {
        PointWriter.emit(code.loadConstant(type.thisClass().asInternalName()), what);
    }
}
