package gofer.testing.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.util.List;

/// A transform that makes the class `java.lang.Thread` report each start of a platform thread. Virtual threads have a `start` of
/// their own.
final class ThreadStarts implements CodeTransform {

    /// The internal name of the class.
    static final String THREAD = "java/lang/Thread";

    private static final ClassFile FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    private final MethodModel method;
    private final CodeModel original;

    private ThreadStarts(MethodModel method, CodeModel original) {
        this.method = method;
        this.original = original;
    }

    static byte[] rewritten(byte[] thread) {
        return FILE.transformClass(
                FILE.parse(thread),
                ClassTransform.transformingMethods(
                        method -> method.methodName().equalsString("start"),
                        (builder, element) -> {
                            if (element instanceof CodeModel code) {
                                builder.transformCode(code, new ThreadStarts(code.parent().orElseThrow(), code));
                            } else {
                                builder.with(element);
                            }
                        }));
    }

    @Override
    public void atStart(CodeBuilder code) {
        PointWriter.emit(code.aload(0), GoferPoints.THREAD_STARTS);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        code.with(element);
    }

    @Override
    public void atEnd(CodeBuilder code) {
        MethodEnd.write(method.parent().orElseThrow(), original, code, null, List.of(), _ -> {});
    }
}
