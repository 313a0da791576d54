package gofer.race.rewrite;

import gofer.race.rewrite.OperandStack.Value;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The accesses of one method to objects that no other thread can reach: a constructor's accesses to fields of `this`, and
/// accesses to arrays that were created in the method and do not leave it.
///
/// The marks of JaCoCo also count as such an array, and so do the tables of a `switch` over an enum.
///
/// It follows these objects on the stack and through local variables, in the order of the code. An array leaves the method if it
/// is stored elsewhere, passed, returned or mixed with other objects anywhere in the method. As long as it is only on the stack, as
/// for `{1, 2}` or for variable arguments, accesses before that do not count either.
final class StackScan {

    /// Finds these accesses as indices of elements of the code.
    ///
    /// @param ofThis the accesses of a constructor to a field of `this`
    /// @param ofNew the accesses to elements of such arrays
    /// @param construction the index of the call of the other constructor; the number of elements if there is none
    record Result(Set<Integer> ofThis, Set<Integer> ofNew, int construction) {}

    private static final String PROBES = "$jacocoInit"; // JaCoCo's method that returns its marks

    /// @param isBeforeEscape whether no instruction before has let the array escape
    private record ElementAccess(int index, Value array, boolean isBeforeEscape) {

        boolean isOfNew() {
            return !array.hasEscaped() || isBeforeEscape && array.isOnlyOnStack();
        }
    }

    private final boolean isConstructor;
    private final @Nullable Value receiver; // `this` of a constructor
    private final Map<Integer, Value> variables = new HashMap<>(); // by slot
    private final Map<Label, OperandStack> targets = new HashMap<>();
    private final Set<Label> passed = new HashSet<>();
    private final Set<Label> handlers = new HashSet<>();
    private final Set<Integer> ofThis = new HashSet<>();
    private final List<ElementAccess> elements = new ArrayList<>();
    private final OperandStack stack = new OperandStack();
    private boolean isReachable = true; // from the previous instruction
    private int construction;

    private StackScan(MethodModel method) {
        isConstructor = method.methodName().equalsString(ConstantDescs.INIT_NAME);
        receiver = isConstructor ? Value.ofNewObject() : null;
        int slot = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
        if (slot == 1) {
            variable(0).escape();
        }
        for (var parameter : method.methodTypeSymbol().parameterList()) {
            variable(slot).escape();
            slot += TypeKind.from(parameter).slotSize();
        }
    }

    /// Scans `code`. Returns null if it has instructions of old class files that cannot be followed.
    static @Nullable Result of(MethodModel method, CodeModel code) {
        var scan = new StackScan(method);
        List<CodeElement> all = code.elementList();
        scan.construction = all.size();
        for (CodeElement element : all) {
            if (element instanceof ExceptionCatch handler) {
                scan.handlers.add(handler.handler());
            } else if (element instanceof DiscontinuedInstruction) {
                return null;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            scan.accept(all.get(i), i);
        }
        Set<Integer> ofNew = new HashSet<>();
        for (ElementAccess access : scan.elements) {
            if (access.isOfNew()) {
                ofNew.add(access.index());
            }
        }
        return new Result(scan.ofThis, ofNew, scan.construction);
    }

    private Value variable(int slot) {
        return variables.computeIfAbsent(slot, _ -> Value.ofVariable());
    }

    private void accept(CodeElement element, int index) {
        switch (element) {
            case LabelTarget target -> bind(target.label());
            case LoadInstruction load -> load(load);
            case StoreInstruction store -> store(store);
            case ArrayLoadInstruction load -> {
                stack.pop();
                access(index, stack.pop());
                stack.pushOthers(load.typeKind().slotSize());
            }
            case ArrayStoreInstruction store -> {
                stack.popEscaping(store.typeKind().slotSize());
                stack.pop();
                access(index, stack.pop());
            }
            case FieldInstruction field -> field(field, index);
            case InvokeInstruction call -> call(call, index);
            case InvokeDynamicInstruction call -> call(call.typeSymbol());
            case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {
                stack.pop();
                stack.push(Value.ofNewObject());
            }
            case NewMultiArrayInstruction array -> {
                stack.pop(array.dimensions());
                stack.push(Value.ofNewObject());
            }
            case NewObjectInstruction _ -> stack.pushOthers(1);
            case ConstantInstruction constant when isOfProbes(constant) -> stack.push(Value.ofNewObject());
            case ConstantInstruction constant -> stack.pushOthers(constant.typeKind().slotSize());
            case ConvertInstruction conversion -> {
                stack.pop(conversion.fromType().slotSize());
                stack.pushOthers(conversion.toType().slotSize());
            }
            case TypeCheckInstruction check when check.opcode() == Opcode.INSTANCEOF -> {
                stack.pop();
                stack.pushOthers(1);
            }
            case OperatorInstruction operator -> operate(operator);
            case StackInstruction instruction -> stack.rearrange(instruction.opcode());
            case MonitorInstruction _ -> stack.pop();
            default -> jump(element);
        }
    }

    private void access(int index, @Nullable Value array) {
        if (array != null && array != receiver) {
            elements.add(new ElementAccess(index, array, !array.hasEscaped()));
        }
    }

    private void load(LoadInstruction load) {
        if (load.typeKind() != TypeKind.REFERENCE) {
            stack.pushOthers(load.typeKind().slotSize());
        } else {
            stack.push(isConstructor && load.slot() == 0 ? receiver : variable(load.slot()));
        }
    }

    private void store(StoreInstruction store) {
        if (store.typeKind() != TypeKind.REFERENCE) {
            stack.pop(store.typeKind().slotSize());
            return;
        }
        Value value = stack.pop();
        if (value == null || value == receiver) {
            variable(store.slot()).escape();
        } else {
            variable(store.slot()).unite(value);
        }
    }

    private void field(FieldInstruction field, int index) {
        int size = TypeKind.from(field.typeSymbol()).slotSize();
        switch (field.opcode()) {
            case GETSTATIC -> {
                if (isOfCompiler(field.name().stringValue())) {
                    stack.push(Value.ofNewObject());
                } else {
                    stack.pushOthers(size);
                }
            }
            case PUTSTATIC -> stack.popEscaping(size);
            case GETFIELD -> {
                object(index);
                stack.pushOthers(size);
            }
            default -> {
                stack.popEscaping(size);
                object(index);
            }
        }
    }

    /// Returns whether a static field has an array that only the code of the compiler uses, and does not change.
    private static boolean isOfCompiler(String name) {
        return name.startsWith("$SwitchMap$") || name.equals("$VALUES");
    }

    private static boolean isOfProbes(ConstantInstruction constant) {
        return constant.constantValue() instanceof DynamicConstantDesc<?> dynamic
                && dynamic.bootstrapMethod().methodName().equals(PROBES);
    }

    private void object(int index) {
        Value object = stack.pop();
        if (object != null && object == receiver) {
            ofThis.add(index);
        }
    }

    private void call(InvokeInstruction instruction, int index) {
        Call call = Call.of(instruction);
        if (ArrayCalls.apply(call)) {
            stack.pop(slots(call.type()));
        } else {
            stack.popEscaping(slots(call.type()));
        }
        if (!call.isStatic()) {
            callOn(stack.pop(), call, index);
        }
        if (ArrayCalls.createsArray(call) || call.name().equals(PROBES)) {
            stack.push(Value.ofNewObject());
        } else {
            stack.pushOthers(TypeKind.from(call.type().returnType()).slotSize());
        }
    }

    private void callOn(@Nullable Value object, Call call, int index) {
        if (object != null && object == receiver && call.isConstructor()) {
            construction = Math.min(construction, index);
        } else if (call.isCloneOfArray()) {
            access(index, object);
        } else if (object != null) {
            object.escape();
        }
    }

    private void call(MethodTypeDesc type) {
        stack.popEscaping(slots(type));
        stack.pushOthers(TypeKind.from(type.returnType()).slotSize());
    }

    private static int slots(MethodTypeDesc type) {
        return type.parameterList().stream().mapToInt(each -> TypeKind.from(each).slotSize()).sum();
    }

    private void operate(OperatorInstruction operator) {
        int size = operator.typeKind().slotSize();
        switch (operator.opcode()) {
            case ARRAYLENGTH -> {
                stack.pop();
                stack.pushOthers(1);
            }
            case INEG, LNEG, FNEG, DNEG -> {}
            case ISHL, LSHL, ISHR, LSHR, IUSHR, LUSHR -> stack.pop();
            case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> {
                stack.pop(2 * size);
                stack.pushOthers(1);
            }
            default -> stack.pop(size);
        }
    }

    private void jump(CodeElement element) {
        switch (element) {
            case BranchInstruction branch -> {
                stack.pop(operands(branch.opcode()));
                jumpTo(branch.target());
                isReachable = branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W;
            }
            case LookupSwitchInstruction choice -> choose(choice.defaultTarget(), choice.cases());
            case TableSwitchInstruction choice -> choose(choice.defaultTarget(), choice.cases());
            case ReturnInstruction end -> {
                stack.popEscaping(end.typeKind().slotSize());
                isReachable = false;
            }
            case ThrowInstruction _ -> isReachable = false;
            default -> {} // iinc, nop, checkcast, and what is no instruction
        }
    }

    private static int operands(Opcode opcode) {
        return switch (opcode) {
            case GOTO, GOTO_W -> 0;
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
            default -> 2;
        };
    }

    private void choose(Label otherwise, List<SwitchCase> cases) {
        stack.pop();
        jumpTo(otherwise);
        cases.forEach(each -> jumpTo(each.target()));
        isReachable = false;
    }

    private void jumpTo(Label target) {
        OperandStack known = targets.get(target);
        if (known != null) {
            known.merge(stack);
        } else {
            targets.put(target, stack.copy());
        }
        if (passed.contains(target)) { // the values on the stack there were not known
            stack.mixAll();
        }
    }

    private void bind(Label label) {
        passed.add(label);
        OperandStack known = targets.get(label);
        if (handlers.contains(label)) {
            stack.clear();
            stack.pushOthers(1);
        } else if (known != null && isReachable) {
            stack.merge(known);
        } else if (known != null) {
            stack.clear();
            stack.addAll(known);
        } else if (!isReachable) {
            stack.clear();
        }
        isReachable |= known != null || handlers.contains(label);
        targets.put(label, stack.copy());
    }
}
