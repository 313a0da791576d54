package gofer.race.rewrite;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// The calls of hooks for the accesses of one method to elements of arrays.
///
/// An access in a loop keeps the result of its last hook in a variable of its own. See [gofer.race.runtime.ElementHooks].
final class ElementCalls {

    /// The most variables of a method. Further accesses have none.
    private static final int MAXIMAL_VARIABLES = 64;

    private final HookWriter writer;
    private final Map<Integer, Integer> positions = new HashMap<>(); // of the variables, by the index of the access
    private final List<Integer> slots = new ArrayList<>();

    /// @param inLoop the indices of what is in a loop
    /// @param counts whether the access with an index has a hook
    ElementCalls(CodeModel code, BitSet inLoop, HookWriter writer, IntPredicate counts) {
        this.writer = writer;
        List<CodeElement> all = code.elementList();
        for (int i = inLoop.nextSetBit(0); i >= 0; i = inLoop.nextSetBit(i + 1)) {
            if (positions.size() < MAXIMAL_VARIABLES && isAccess(all.get(i)) && counts.test(i)) {
                positions.put(i, positions.size());
            }
        }
    }

    private static boolean isAccess(CodeElement element) {
        return element instanceof ArrayLoadInstruction || element instanceof ArrayStoreInstruction;
    }

    /// Writes the start of the method. Returns the variables that it keeps from now on.
    List<Frames.Kept> start(CodeBuilder code) {
        List<Frames.Kept> kept = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            int slot = code.allocateLocal(TypeKind.REFERENCE);
            code.aconst_null().astore(slot);
            slots.add(slot);
            kept.add(new Frames.Kept(slot, ObjectVerificationTypeInfo.of(ConstantDescs.CD_Object)));
        }
        return kept;
    }

    void write(CodeBuilder code, ArrayLoadInstruction load, int index) {
        call(code.dup2(), index, Hook.READ_ELEMENT, Hook.READ_ELEMENT_IN_LOOP);
        code.with(load);
    }

    void write(CodeBuilder code, ArrayStoreInstruction store, int index) {
        if (store.typeKind().slotSize() == 1) {
            code.dup_x2().pop().dup2_x1();
        } else {
            code.dup2_x2().pop2().dup2_x2();
        }
        call(code, index, Hook.WRITE_ELEMENT, Hook.WRITE_ELEMENT_IN_LOOP);
        code.with(store);
    }

    private void call(CodeBuilder code, int index, Hook alone, Hook inLoop) {
        Integer position = positions.get(index);
        if (position == null) {
            writer.callAt(code, alone);
        } else {
            int slot = slots.get(position);
            writer.callAt(code.aload(slot), inLoop).astore(slot);
        }
    }
}
