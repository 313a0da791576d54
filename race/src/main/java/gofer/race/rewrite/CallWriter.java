package gofer.race.rewrite;

import java.lang.classfile.CodeBuilder;
import java.util.List;

/// The writer of calls of methods with their hooks.
final class CallWriter {

    private final WholeCalls wholes;
    private final Waits waits;
    private final DynamicTests tests;

    CallWriter(WholeCalls wholes, Waits waits, DynamicTests tests) {
        this.wholes = wholes;
        this.waits = waits;
        this.tests = tests;
    }

    /// Returns whether `call` has hooks.
    boolean hasHooks(Call call) {
        return hasEdges(call) || ArrayCalls.apply(call) || !wholes.operands(call).isEmpty();
    }

    /// Returns whether `call` has hooks that are not for accesses.
    static boolean hasEdges(Call call) {
        return HandleCalls.apply(call) || Waits.apply(call) || DynamicTests.apply(call);
    }

    /// Writes the hooks of `call`, and the call itself by `original`.
    void write(CodeBuilder code, HookWriter writer, Call call, Runnable original) {
        if (Waits.apply(call)) {
            waits.write(code, writer, call);
        } else if (HandleCalls.apply(call)) {
            HandleCalls.write(code, writer, call, original);
        } else if (DynamicTests.apply(call)) {
            tests.write(code, writer, call);
            original.run();
        } else {
            if (ArrayCalls.apply(call)) {
                ArrayCalls.write(code, writer, call);
            }
            List<WholeCalls.Operand> operands = wholes.operands(call);
            if (!operands.isEmpty()) {
                WholeCalls.write(code, writer, call.kinds(), operands);
            }
            original.run();
            if (operands.stream().anyMatch(each -> each.effect() == Effect.CHANGE)) {
                WholeCalls.writeEnd(code, writer);
            }
        }
    }
}
