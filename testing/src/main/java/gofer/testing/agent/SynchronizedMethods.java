package gofer.testing.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;

/// The conversion of the body of a synchronized method to a synchronized block. Then an instruction enters the monitor, and a
/// scheduling point can precede it.
final class SynchronizedMethods {

    private SynchronizedMethods() {}

    static boolean isSynchronized(MethodModel method) {
        return method.flags().has(AccessFlag.SYNCHRONIZED) && method.code().isPresent();
    }

    /// Returns whether the method is synchronized, and its code can load the lock everywhere.
    static boolean canBeBlock(ClassModel type, MethodModel method) {
        return isSynchronized(method)
                && (isStatic(method)
                        ? type.majorVersion() >= ClassFile.JAVA_5_VERSION
                        : method.code().orElseThrow().elementStream().noneMatch(SynchronizedMethods::storesThis));
    }

    private static boolean storesThis(CodeElement element) {
        return element instanceof StoreInstruction store && store.slot() == 0;
    }

    private static boolean isStatic(MethodModel method) {
        return method.flags().has(AccessFlag.STATIC);
    }

    static void enter(ClassModel type, MethodModel method, CodeModel original, CodeBuilder code) {
        for (CodeElement element : original) {
            if (element instanceof LineNumber first) {
                code.with(first);
                break;
            }
        }
        PointWriter.emit(loadLock(type, method, code).dup(), "ENTER").monitorenter();
    }

    static void exit(ClassModel type, MethodModel method, CodeBuilder code) {
        PointWriter.emit(loadLock(type, method, code).dup(), "EXIT").monitorexit();
    }

    /// Returns the types of the variables from which the lock is loaded.
    static List<StackMapFrameInfo.VerificationTypeInfo> locals(ClassModel type, MethodModel method) {
        return isStatic(method)
                ? List.of()
                : List.of(StackMapFrameInfo.ObjectVerificationTypeInfo.of(type.thisClass()));
    }

    private static CodeBuilder loadLock(ClassModel type, MethodModel method, CodeBuilder code) {
        return isStatic(method) ? code.ldc(type.thisClass()) : code.aload(0);
    }
}
