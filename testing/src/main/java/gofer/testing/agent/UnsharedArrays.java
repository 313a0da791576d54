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

/// The accesses to array elements that need no scheduling point: elements of an array that is being created, as by `{1, 2}` or
/// for varargs, the tables of a `switch` over an enum, and JaCoCo's coverage marks.
final class UnsharedArrays {

    private static final String PROBES = "$jacocoInit";

    private final boolean hasProbes;
    private final Set<Integer> elements = new HashSet<>();
    private final Set<Integer> filled = new HashSet<>();
    private int filling; // the number of nested arrays that are being filled
    private boolean isNew; // the last instruction has created or filled such an array
    private boolean isDuplicated; // the same, and a dup followed
    private boolean isOne; // the last instruction was the constant 1
    private boolean isSwitchTable; // the table of a switch is on the stack

    private UnsharedArrays(ClassModel type) {
        hasProbes = type.methods().stream().anyMatch(method -> method.methodName().equalsString(PROBES));
    }

    /// Scans `code`.
    static UnsharedArrays of(ClassModel type, CodeModel code) {
        var arrays = new UnsharedArrays(type);
        int index = 0;
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                arrays.scan(instruction, index);
            }
            index++;
        }
        return arrays;
    }

    /// Returns the indices of such accesses among the elements of the code.
    Set<Integer> elements() {
        return elements;
    }

    /// Returns the indices of calls whose last argument is such an array.
    Set<Integer> filled() {
        return filled;
    }

    private void scan(Instruction instruction, int index) {
        boolean fills = false;
        switch (instruction) {
            case FieldInstruction field -> isSwitchTable = field.name().stringValue().startsWith("$SwitchMap$");
            case ArrayLoadInstruction _ -> {
                if (isSwitchTable) {
                    elements.add(index);
                }
                isSwitchTable = false;
            }
            case ArrayStoreInstruction store -> {
                fills = filling > 0;
                filling -= fills ? 1 : 0;
                if (fills || hasProbes && isOne && store.opcode() == Opcode.BASTORE) {
                    elements.add(index);
                }
            }
            case ConstantInstruction _ when isDuplicated -> filling++; // the index
            case StackInstruction stack when stack.opcode() != Opcode.DUP && stack.opcode() != Opcode.POP ->
                    filling = 0;
            case InvokeInstruction _ when isNew -> filled.add(index);
            case BranchInstruction _, LookupSwitchInstruction _, TableSwitchInstruction _ -> filling = 0;
            default -> {}
        }
        isDuplicated = isNew && instruction.opcode() == Opcode.DUP;
        isNew =
                fills
                        || instruction instanceof NewPrimitiveArrayInstruction
                        || instruction instanceof NewReferenceArrayInstruction;
        isOne = instruction.opcode() == Opcode.ICONST_1;
    }
}
