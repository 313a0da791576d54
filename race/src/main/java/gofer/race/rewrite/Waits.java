package gofer.race.rewrite;

import gofer.race.runtime.Hooks;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Calls of `Object.wait`. Generated methods replace them: they release the monitor before the wait, and acquire it after the
/// wait, even if it throws an exception.
final class Waits {

    private static final String NAME = "gofer$wait";
    private static final Set<String> METHODS = Set.of("wait()V", "wait(J)V", "wait(JI)V");

    private final ClassModel type;
    private final Detector detector;
    private final Set<String> needed = new TreeSet<>(); // descriptors of wait

    Waits(ClassModel type, Detector detector) {
        this.type = type;
        this.detector = detector;
    }

    static boolean apply(Call call) {
        return call.isOnObject() && METHODS.contains(call.method());
    }

    /// Writes a call of the generated method instead of `call`.
    void write(CodeBuilder code, HookWriter writer, Call call) {
        needed.add(call.type().descriptorString());
        code.invokestatic(type.thisClass().asSymbol(), NAME, helper(call.type()), isInterface());
        writer.countCall();
    }

    private static MethodTypeDesc helper(MethodTypeDesc type) {
        return type.insertParameterTypes(0, ConstantDescs.CD_Object);
    }

    private boolean isInterface() {
        return type.flags().has(AccessFlag.INTERFACE);
    }

    void addTo(ClassBuilder builder) {
        for (String descriptor : needed) {
            MethodTypeDesc wait = MethodTypeDesc.ofDescriptor(descriptor);
            builder.withMethodBody(
                    NAME,
                    helper(wait),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> write(code, wait));
        }
    }

    private void write(CodeBuilder code, MethodTypeDesc wait) {
        edge(code, Hook.RELEASE);
        Label start = code.newBoundLabel();
        code.aload(0);
        for (int i = 0; i < wait.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(wait.parameterType(i)), code.parameterSlot(i + 1));
        }
        code.invokevirtual(ConstantDescs.CD_Object, "wait", wait);
        Label end = code.newBoundLabel();
        edge(code, Hook.ACQUIRE);
        code.return_();
        Label thrown = code.newBoundLabel();
        code.exceptionCatchAll(start, end, thrown);
        edge(code, Hook.ACQUIRE);
        code.athrow();
        if (type.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            var frame =
                    StackMapFrameInfo.of(
                            thrown,
                            List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Object)),
                            List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable)));
            code.with(StackMapTableAttribute.of(List.of(frame)));
        }
    }

    private void edge(CodeBuilder code, Hook hook) {
        detector.call(code.aload(0).loadConstant(Hooks.MONITOR), hook);
    }
}
