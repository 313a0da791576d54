package gofer.race.edges;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// The writer of calls of the hooks.
final class HookCalls {

    private static final MethodTypeDesc PART =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_long);
    private static final MethodTypeDesc HANDLE =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_int);
    private static final MethodTypeDesc THREAD =
            MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of("java.lang.Thread"));
    private static final MethodTypeDesc STATUS = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final ClassDesc JDK = JdkEdges.class.describeConstable().orElseThrow();

    private HookCalls() {}

    /// Writes a call of `acquire` or `release` for a part of the object on the stack.
    static void part(CodeBuilder code, long part, String name) {
        code.loadConstant(part).invokestatic(Trampoline.SELF, name, PART);
    }

    /// Writes a call of `acquireAt` or `releaseAt` for the object and the offset on the stack.
    static void at(CodeBuilder code, boolean ofProgram, String name) {
        code.invokestatic(ofProgram ? Trampoline.SELF : JDK, name, PART);
    }

    /// Writes a call of `acquireHandle` or `releaseHandle` for the handle, the object and the index on the stack.
    static void handle(CodeBuilder code, String name) {
        code.invokestatic(Trampoline.SELF, name, HANDLE);
    }

    /// Writes a call of `starting`, `ended` or `joined` for the thread on the stack.
    static void thread(CodeBuilder code, String name) {
        code.invokestatic(Trampoline.SELF, name, THREAD);
    }

    /// Writes a call of a method without parameters.
    static void plain(CodeBuilder code, String name) {
        code.invokestatic(Trampoline.SELF, name, ConstantDescs.MTD_void);
    }

    /// Writes a call of `exiting` for the status on the stack.
    static void exiting(CodeBuilder code) {
        code.invokestatic(Trampoline.SELF, "exiting", STATUS);
    }

    /// Writes a call of a method of [JdkEdges].
    static void jdk(CodeBuilder code, String name, ClassDesc... parameters) {
        code.invokestatic(JDK, name, MethodTypeDesc.of(ConstantDescs.CD_void, parameters));
    }
}
