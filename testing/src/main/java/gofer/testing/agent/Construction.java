package gofer.testing.agent;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ConstantDescs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The instructions of a constructor that get no scheduling point.
///
/// Accesses to the object's own fields get no scheduling point until the object escapes. Before the call of another constructor,
/// the verifier does not let it escape. After that call, it has not escaped as long as each load of `this` is for a field that is
/// read, or for a field that the statement which begins there assigns.
final class Construction {

    private static final Set<String> HARMLESS_PARENTS =
            Set.of("java/lang/Object", "java/lang/Record", "java/lang/Enum");

    private final String type;
    private final List<CodeElement> code;
    private final Set<Integer> unshared = new HashSet<>();
    private boolean atStatementStart = true;
    private boolean assigning; // `this` is on the stack, for an assignment to a field
    private boolean escaped; // the object may have escaped

    private Construction(ClassModel type, CodeModel code) {
        this.type = type.thisClass().asInternalName();
        this.code = code.elementList();
    }

    /// Returns the indices of these instructions among the elements of `code`.
    static Set<Integer> unshared(ClassModel type, CodeModel code) {
        var construction = new Construction(type, code);
        int first = construction.scanConstructorCall();
        for (int i = first; i < construction.code.size() && !construction.escaped; i++) {
            if (construction.code.get(i) instanceof Instruction instruction) {
                construction.scan(instruction, i);
            }
        }
        return construction.unshared;
    }

    /// Returns the index after the call of the other constructor.
    private int scanConstructorCall() {
        int uninitialized = 0; // the objects whose constructor has not been called yet
        for (int i = 0; i < code.size(); i++) {
            CodeElement element = code.get(i);
            if (isOwnField(i, Opcode.PUTFIELD)) {
                unshared.add(i);
            }
            if (element instanceof NewObjectInstruction) {
                uninitialized++;
            } else if (element instanceof InvokeInstruction call
                    && call.name().equalsString(ConstantDescs.INIT_NAME)
                    && uninitialized-- == 0) {
                escaped = !HARMLESS_PARENTS.contains(call.owner().asInternalName()) || hasLoop(i);
                return i + 1;
            }
        }
        return code.size();
    }

    /// Returns whether there is a loop, where later instructions also come before earlier ones.
    private boolean hasLoop(int from) {
        Set<Label> passed = new HashSet<>();
        for (CodeElement element : code.subList(from, code.size())) {
            if (element instanceof LabelTarget target) {
                passed.add(target.label());
            } else if (element instanceof BranchInstruction branch && passed.contains(branch.target())) {
                return true;
            }
        }
        return false;
    }

    private void scan(Instruction instruction, int index) {
        switch (instruction) {
            case LoadInstruction load when isThis(load) -> {
                int next = next(index);
                int afterDup = isDup(next) ? next(next) : next; // as in this.n++
                boolean reads = isOwnField(afterDup, Opcode.GETFIELD);
                if (reads && afterDup == next) {
                    unshared.add(next);
                } else if (atStatementStart && !assigning) {
                    assigning = true;
                    if (reads) {
                        unshared.add(afterDup);
                    }
                } else {
                    escaped = true;
                }
                atStatementStart = false;
            }
            case FieldInstruction field when field.opcode() == Opcode.PUTFIELD -> {
                if (assigning && isOwnField(index, Opcode.PUTFIELD)) {
                    unshared.add(index);
                } else if (assigning) {
                    escaped = true;
                }
                endStatement(false);
            }
            case StackInstruction stack when stack.opcode() != Opcode.POP -> {
                escaped |=
                        assigning
                                && (stack.opcode() != Opcode.DUP || !isOwnField(next(index), Opcode.GETFIELD))
                                && !isOfNew(index);
                atStatementStart = false;
            }
            case InvokeInstruction call when isVoid(call) && !call.name().equalsString(ConstantDescs.INIT_NAME) ->
                    endStatement(assigning);
            case StoreInstruction _, BranchInstruction _ -> endStatement(assigning);
            default -> {
                if (instruction.opcode() == Opcode.POP || isEnd(instruction)) {
                    endStatement(assigning);
                } else {
                    atStatementStart = false;
                }
            }
        }
    }

    private void endStatement(boolean escapes) {
        escaped |= escapes;
        assigning = false;
        atStatementStart = true;
    }

    private static boolean isEnd(Instruction instruction) {
        return switch (instruction.opcode()) {
            case PUTSTATIC,
                    IINC,
                    RETURN,
                    ATHROW,
                    MONITORENTER,
                    MONITOREXIT,
                    TABLESWITCH,
                    LOOKUPSWITCH,
                    AASTORE,
                    BASTORE,
                    CASTORE,
                    SASTORE,
                    IASTORE,
                    LASTORE,
                    FASTORE,
                    DASTORE ->
                    true;
            default -> false;
        };
    }

    /// Returns whether the dup at `index` is of an object that has just been created.
    private boolean isOfNew(int index) {
        for (int i = index - 1; i >= 0; i--) {
            if (code.get(i) instanceof Instruction before) {
                return before instanceof NewObjectInstruction;
            }
        }
        return false;
    }

    private static boolean isVoid(InvokeInstruction call) {
        return call.type().stringValue().endsWith(")V");
    }

    private static boolean isThis(LoadInstruction load) {
        return load.slot() == 0 && load.typeKind() == TypeKind.REFERENCE;
    }

    private boolean isDup(int index) {
        return index < code.size() && code.get(index) instanceof StackInstruction dup && dup.opcode() == Opcode.DUP;
    }

    private boolean isOwnField(int index, Opcode opcode) {
        return index < code.size()
                && code.get(index) instanceof FieldInstruction field
                && field.opcode() == opcode
                && field.owner().asInternalName().equals(type);
    }

    private int next(int index) {
        int next = index + 1;
        while (next < code.size() && !(code.get(next) instanceof Instruction)) {
            next++;
        }
        return next;
    }
}
