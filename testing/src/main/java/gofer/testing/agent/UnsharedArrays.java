package gofer.testing.agent;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.HashSet;
import java.util.Set;

/// The accesses to array elements that need no scheduling point: elements of an array that is just being created, as by `{1,
/// 2}` or for varargs, the tables of a `switch` over an enum, and JaCoCo's coverage marks.
final class UnsharedArrays {

    private static final String PROBES = "$jacocoInit";

    private final boolean probed;
    private final Set<Integer> found = new HashSet<>();
    private final Set<Integer> filled = new HashSet<>();
    private int open; // arrays that are being filled, one nested in the other
    private boolean made; // the last instruction has created or filled such an array
    private boolean copied; // and a dup followed
    private boolean one; // the last instruction was the constant 1
    private boolean table; // the table of a switch is on the stack

    private UnsharedArrays(ClassModel type) {
        probed = type.methods().stream().anyMatch(method -> method.methodName().equalsString(PROBES));
    }

    /// Scans `code`.
    static UnsharedArrays of(ClassModel type, CodeModel code) {
        var arrays = new UnsharedArrays(type);
        int place = 0;
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                arrays.look(instruction, place);
            }
            place++;
        }
        return arrays;
    }

    /// Returns the indices of such accesses among the elements of the code.
    Set<Integer> elements() {
        return found;
    }

    /// Returns the indices of calls whose last argument is such an array.
    Set<Integer> filled() {
        return filled;
    }

    private void look(Instruction instruction, int place) {
        boolean fills = false;
        switch (instruction) {
            case FieldInstruction field -> table = field.name().stringValue().startsWith("$SwitchMap$");
            case ArrayLoadInstruction _ -> {
                if (table) {
                    found.add(place);
                }
                table = false;
            }
            case ArrayStoreInstruction store -> {
                fills = open > 0;
                open -= fills ? 1 : 0;
                if (fills || probed && one && store.opcode() == Opcode.BASTORE) {
                    found.add(place);
                }
            }
            case ConstantInstruction _ when copied -> open++; // the index
            case StackInstruction stack when stack.opcode() != Opcode.DUP && stack.opcode() != Opcode.POP -> open = 0;
            case InvokeInstruction _ when made -> filled.add(place);
            case BranchInstruction _, LookupSwitchInstruction _, TableSwitchInstruction _ -> open = 0;
            default -> {}
        }
        copied = made && instruction.opcode() == Opcode.DUP;
        made =
                fills
                        || instruction instanceof NewPrimitiveArrayInstruction
                        || instruction instanceof NewReferenceArrayInstruction;
        one = instruction.opcode() == Opcode.ICONST_1;
    }
}
