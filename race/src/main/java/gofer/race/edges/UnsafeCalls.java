package gofer.race.edges;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.List;

/// The hooks of the atomic operations of `jdk.internal.misc.Unsafe` in one method.
///
/// The code loads the `Unsafe` from a static field, and then the offset of a field from a static field that has the name of the
/// field in capitals. So the last static field of type long tells which field it is.
final class UnsafeCalls implements Step {

    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final String FIRST_PARAMETERS = "(Ljava/lang/Object;J";

    private final FieldRule rule;
    private final boolean exact;
    private final boolean ofProgram;
    private String offset = "";

    /// @param exact whether operations without order have no hooks
    /// @param ofProgram whether the objects are those of the program, as in a field updater
    UnsafeCalls(FieldRule rule, boolean exact, boolean ofProgram) {
        this.rule = rule;
        this.exact = exact;
        this.ofProgram = ofProgram;
    }

    @Override
    public boolean write(Body body, CodeElement element) {
        if (element instanceof FieldInstruction field && field.opcode() == Opcode.GETSTATIC) {
            switch (field.type().stringValue()) {
                case "Ljdk/internal/misc/Unsafe;" -> offset = "";
                case "J" -> offset = field.name().stringValue();
                default -> {}
            }
        }
        if (!(element instanceof InvokeInstruction call)
                || !call.owner().asInternalName().equals(UNSAFE)
                || !call.type().stringValue().startsWith(FIRST_PARAMETERS)) {
            return false;
        }
        Order order = rule.order(offset, Order.of(operation(call.name().stringValue()), exact));
        if (order.isNone()) {
            return false;
        }
        List<ClassDesc> parameters = call.typeSymbol().parameterList();
        CodeBuilder code = body.code();
        int[] stored = body.store(parameters);
        if (order.releases()) {
            HookCalls.at(code.aload(stored[0]).lload(stored[1]), ofProgram, "releaseAt");
        }
        body.load(parameters, stored);
        code.with(call);
        if (order.acquires()) {
            HookCalls.at(code.aload(stored[0]).lload(stored[1]), ofProgram, "acquireAt");
        }
        return true;
    }

    /// Returns the name without the type, for example `getAndAddAcquire` for `getAndAddIntAcquire`.
    private static String operation(String name) {
        return name.replaceFirst("(Boolean|Byte|Short|Char|Int|Long|Float|Double|Reference)", "");
    }
}
