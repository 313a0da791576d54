package gofer.race.rewrite;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hooks at the start and at each end of a method: of a synchronized method, of a class initializer, and of a test.
final class Enclosure {

    private final ClassModel type;
    private final HookWriter writer;
    private final CodeModel original;
    private final boolean isInitializer;
    private final boolean isSettled; // whether a field keeps the result of the hook at the end of the initializer
    private final boolean isSynchronized;
    private final boolean isStatic;
    private final boolean isTest;
    private final boolean savesLock; // because the method assigns another value to the variable of `this`
    private final List<Frames.Kept> kept = new ArrayList<>();
    private int lock; // the variable of the locked object
    private int mark; // the variable of the number of races at the start
    private @Nullable Label body;

    Enclosure(ClassModel type, MethodModel method, CodeModel original, Variables variables, HookWriter writer) {
        this.type = type;
        this.writer = writer;
        this.original = original;
        isInitializer = method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
        isSettled = isInitializer && variables.hasInitializer(type.thisClass().asInternalName());
        isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
        isStatic = method.flags().has(AccessFlag.STATIC);
        isTest = TestMethods.contains(method, variables.files());
        savesLock = isSynchronized && !isStatic && original.elementStream().anyMatch(Enclosure::storesThis);
    }

    private static boolean storesThis(CodeElement element) {
        return element instanceof StoreInstruction store && store.slot() == 0;
    }

    /// Writes the hooks at the start.
    ///
    /// @param others the variables that the method keeps for other purposes
    void start(CodeBuilder code, List<Frames.Kept> others) {
        kept.addAll(others);
        if (isSynchronized) {
            if (savesLock) {
                lock = code.allocateLocal(TypeKind.REFERENCE);
                kept.add(new Frames.Kept(lock, ObjectVerificationTypeInfo.of(type.thisClass())));
                code.aload(0).astore(lock);
            }
            writer.callForMonitor(loadLock(code), Hook.ACQUIRE);
        }
        if (isInitializer) {
            writer.call(code, Hook.ENTER_INITIALIZER);
        }
        if (isTest) {
            mark = code.allocateLocal(TypeKind.INT);
            kept.add(new Frames.Kept(mark, SimpleVerificationTypeInfo.INTEGER));
            writer.call(code, Hook.MARK).istore(mark);
        }
        if (isSynchronized || isInitializer) {
            body = code.newBoundLabel();
        }
    }

    /// Writes the hooks before a return.
    void beforeReturn(CodeBuilder code) {
        if (isTest) {
            writer.call(code.iload(mark), Hook.CHECK);
        }
        leave(code);
    }

    private void leave(CodeBuilder code) {
        if (isInitializer) {
            ClassConstants.load(code, type);
            writer.call(code, Hook.EXIT_INITIALIZER);
            if (isSettled) {
                Initializers.settle(code, type);
            } else {
                code.pop();
            }
        }
        if (isSynchronized) {
            writer.callForMonitor(loadLock(code), Hook.RELEASE);
        }
    }

    private CodeBuilder loadLock(CodeBuilder code) {
        if (isStatic) {
            ClassConstants.load(code, type);
            return code;
        }
        return code.aload(lock);
    }

    /// Writes the handler of exceptions that leave the method, and the stack map frames.
    void end(CodeBuilder code) {
        var frames = new Frames(original, kept);
        if (body != null) {
            Label thrown = code.newBoundLabel();
            code.exceptionCatchAll(body, thrown, thrown); // after the handlers of the body itself
            leave(code);
            code.athrow();
            frames.addHandler(thrown, locals());
        }
        frames.writeTo(code, type);
    }

    /// Returns the types of the first variables, from which the handler loads the lock.
    private List<VerificationTypeInfo> locals() {
        return isSynchronized && !isStatic && !savesLock
                ? List.of(ObjectVerificationTypeInfo.of(type.thisClass()))
                : List.of();
    }
}
