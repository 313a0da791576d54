package gofer.cli;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.reflect.AccessFlag;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns synchronized methods into such whose body is a synchronized block, so that there is an instruction by which the
/// monitor is entered, and a place before it.
final class SynchronizedMethods implements CodeTransform {

    private final CodeModel original;
    private final MethodModel method;
    private @Nullable Label body;

    private SynchronizedMethods(CodeModel original) {
        this.original = original;
        this.method = original.parent().orElseThrow();
    }

    /// The same class without synchronized methods, but for native ones.
    static byte[] asBlocks(ClassFile file, byte[] bytes) {
        ClassTransform transform =
                ClassTransform.transformingMethods(
                        SynchronizedMethods::hasBlock,
                        (method, element) -> {
                            switch (element) {
                                case AccessFlags flags ->
                                        method.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
                                case CodeModel code -> method.transformCode(code, new SynchronizedMethods(code));
                                default -> method.with(element);
                            }
                        });
        return file.transformClass(file.parse(bytes), transform);
    }

    private static boolean hasBlock(MethodModel method) {
        return method.flags().has(AccessFlag.SYNCHRONIZED) && method.code().isPresent();
    }

    @Override
    public void atStart(CodeBuilder code) {
        for (CodeElement element : original) {
            if (element instanceof LineNumber first) {
                code.with(first);
                break;
            }
        }
        loadLock(code).monitorenter();
        body = code.newBoundLabel();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof ReturnInstruction) loadLock(code).monitorexit();
        code.with(element);
    }

    @Override
    public void atEnd(CodeBuilder code) {
        Label thrown = code.newBoundLabel();
        code.exceptionCatchAll(Objects.requireNonNull(body), thrown, thrown); // after those of the body itself
        loadLock(code).monitorexit().athrow();
    }

    private CodeBuilder loadLock(CodeBuilder code) {
        return method.flags().has(AccessFlag.STATIC)
                ? code.ldc(method.parent().orElseThrow().thisClass().asSymbol())
                : code.aload(code.receiverSlot());
    }
}
