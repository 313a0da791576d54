package gofer.race.edges;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.List;

/// The hooks of the operations of `VarHandle` in classes of the JDK. A field belongs to its object, as in [VolatileAccesses].
///
/// @param exact whether operations without order have no hooks
record HandleCalls(boolean exact) implements Step {

    private static final List<String> OPERATIONS = List.of("get", "set", "compareAnd", "weakCompareAnd");

    @Override
    public boolean write(Body body, CodeElement element) {
        if (!(element instanceof InvokeInstruction call)
                || !call.owner().asInternalName().equals("java/lang/invoke/VarHandle")
                || OPERATIONS.stream().noneMatch(call.name().stringValue()::startsWith)) {
            return false;
        }
        String operation = call.name().stringValue();
        Order order = Order.of(operation, exact);
        if (order.isNone()) {
            return false;
        }
        write(body, call, order, call.typeSymbol().parameterCount() - values(operation));
        return true;
    }

    /// Returns the number of parameters after those that say where the variable is.
    private static int values(String operation) {
        if (operation.contains("ompareAnd")) {
            return 2;
        }
        return operation.startsWith("set") || operation.startsWith("getAnd") ? 1 : 0;
    }

    private static void write(Body body, InvokeInstruction call, Order order, int coordinates) {
        List<ClassDesc> parameters = call.typeSymbol().parameterList();
        CodeBuilder code = body.code();
        int[] stored = body.store(parameters);
        int handle = -1;
        if (coordinates != 1) {
            code.dup();
            handle = body.store(call.owner().asSymbol(), parameters.size());
        }
        if (order.releases()) {
            hook(code, handle, stored, coordinates, "release");
        }
        body.load(parameters, stored);
        code.with(call);
        if (order.acquires()) {
            hook(code, handle, stored, coordinates, "acquire");
        }
    }

    private static void hook(CodeBuilder code, int handle, int[] stored, int coordinates, String hook) {
        switch (coordinates) {
            case 0 -> HookCalls.handle(code.aload(handle).aconst_null().iconst_m1(), hook + "Handle");
            case 1 -> HookCalls.part(code.aload(stored[0]), 0, hook);
            default -> HookCalls.handle(code.aload(handle).aload(stored[0]).iload(stored[1]), hook + "Handle");
        }
    }
}
