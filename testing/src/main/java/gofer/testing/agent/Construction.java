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
/// Until another constructor has been called, the verifier does not let the object escape: accesses to its own fields get no
/// scheduling point. After that, they need none as long as the object has not escaped. It has not escaped as long as each load
/// of `this` is for a field that is read, or for a field that the statement which begins there assigns.
final class Construction {

    private static final Set<String> HARMLESS_PARENTS =
            Set.of("java/lang/Object", "java/lang/Record", "java/lang/Enum");

    private final String type;
    private final List<CodeElement> code;
    private final Set<Integer> unshared = new HashSet<>();
    private boolean start = true; // of a statement
    private boolean open; // `this` is on the stack, for a field to be assigned
    private boolean known; // the object may have escaped

    private Construction(ClassModel type, CodeModel code) {
        this.type = type.thisClass().asInternalName();
        this.code = code.elementList();
    }

    /// Returns the indices of these instructions among the elements of `code`.
    static Set<Integer> unshared(ClassModel type, CodeModel code) {
        var construction = new Construction(type, code);
        int first = construction.begin();
        for (int i = first; i < construction.code.size() && !construction.known; i++) {
            if (construction.code.get(i) instanceof Instruction instruction) {
                construction.look(instruction, i);
            }
        }
        return construction.unshared;
    }

    /// Returns the index after the call of the other constructor.
    private int begin() {
        int made = 0; // objects whose constructor has not been called yet
        for (int i = 0; i < code.size(); i++) {
            CodeElement element = code.get(i);
            if (isOwn(i, Opcode.PUTFIELD)) {
                unshared.add(i);
            }
            if (element instanceof NewObjectInstruction) {
                made++;
            } else if (element instanceof InvokeInstruction call
                    && call.name().equalsString(ConstantDescs.INIT_NAME)
                    && made-- == 0) {
                known = !HARMLESS_PARENTS.contains(call.owner().asInternalName()) || hasLoop(i);
                return i + 1;
            }
        }
        return code.size();
    }

    /// In a loop, later instructions also come before earlier ones.
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

    private void look(Instruction instruction, int place) {
        switch (instruction) {
            case LoadInstruction load when isThis(load) -> {
                int next = next(place);
                int afterDup = isDup(next) ? next(next) : next; // as in this.n++
                boolean reads = isOwn(afterDup, Opcode.GETFIELD);
                if (reads && afterDup == next) {
                    unshared.add(next);
                } else if (start && !open) {
                    open = true;
                    if (reads) {
                        unshared.add(afterDup);
                    }
                } else {
                    known = true;
                }
                start = false;
            }
            case FieldInstruction field when field.opcode() == Opcode.PUTFIELD -> {
                if (open && isOwn(place, Opcode.PUTFIELD)) {
                    unshared.add(place);
                } else if (open) {
                    known = true;
                }
                endStatement(false);
            }
            case StackInstruction stack when stack.opcode() != Opcode.POP -> {
                known |=
                        open
                                && (stack.opcode() != Opcode.DUP || !isOwn(next(place), Opcode.GETFIELD))
                                && !isOfNew(place);
                start = false;
            }
            case InvokeInstruction call when isVoid(call) && !call.name().equalsString(ConstantDescs.INIT_NAME) ->
                    endStatement(open);
            case StoreInstruction _, BranchInstruction _ -> endStatement(open);
            default -> {
                if (instruction.opcode() == Opcode.POP || isEnd(instruction)) {
                    endStatement(open);
                } else {
                    start = false;
                }
            }
        }
    }

    private void endStatement(boolean isKnown) {
        known |= isKnown;
        open = false;
        start = true;
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

    /// Returns whether the dup at `place` is of an object that has just been created.
    private boolean isOfNew(int place) {
        for (int i = place - 1; i >= 0; i--) {
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

    private boolean isDup(int place) {
        return place < code.size() && code.get(place) instanceof StackInstruction dup && dup.opcode() == Opcode.DUP;
    }

    private boolean isOwn(int place, Opcode opcode) {
        return place < code.size()
                && code.get(place) instanceof FieldInstruction field
                && field.opcode() == opcode
                && field.owner().asInternalName().equals(type);
    }

    private int next(int place) {
        int next = place + 1;
        while (next < code.size() && !(code.get(next) instanceof Instruction)) {
            next++;
        }
        return next;
    }
}
