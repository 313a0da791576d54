package gofer.race.edges;

import gofer.race.runtime.Hooks;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;

/// The hooks of monitors: an acquire after a monitor is entered, a release before it is left.
final class Monitors implements Step {

    @Override
    public boolean write(Body body, CodeElement element) {
        if (!(element instanceof MonitorInstruction instruction)) {
            return false;
        }
        CodeBuilder code = body.code().dup();
        switch (instruction.opcode()) {
            case MONITORENTER -> HookCalls.part(code.with(element), Hooks.MONITOR, "acquire");
            default -> {
                HookCalls.part(code, Hooks.MONITOR, "release");
                code.with(element);
            }
        }
        return true;
    }

    /// Returns the hooks of the monitor of a synchronized method.
    static MethodHooks hooks(MethodModel method) {
        if ((method.flags().flagsMask() & ClassFile.ACC_SYNCHRONIZED) == 0) {
            return MethodHooks.NONE;
        }
        MethodHooks exits = MethodHooks.anyExit(body -> HookCalls.part(loadLock(body), Hooks.MONITOR, "release"));
        return exits.within(MethodHooks.entry(body -> HookCalls.part(loadLock(body), Hooks.MONITOR, "acquire")));
    }

    private static CodeBuilder loadLock(Body body) {
        boolean isStatic = (body.method().flags().flagsMask() & ClassFile.ACC_STATIC) != 0;
        return isStatic ? body.code().loadConstant(body.type()) : body.code().aload(0);
    }
}
