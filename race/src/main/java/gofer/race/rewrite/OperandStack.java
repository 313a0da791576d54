package gofer.race.rewrite;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values on the stack at one place of a method, as far as they matter to [StackScan]. All others are null.
final class OperandStack {

    /// `this` of a constructor, or arrays that were created in the method.
    static final class Value {

        private @Nullable Value same; // after union: the value that represents both
        private boolean escaped;
        private boolean isMixed; // may be another object, or is in a variable

        private Value(boolean isVariable) {
            isMixed = isVariable;
        }

        static Value ofNewObject() {
            return new Value(false);
        }

        static Value ofVariable() {
            return new Value(true);
        }

        private Value root() {
            Value root = this;
            while (root.same != null) {
                root = root.same;
            }
            return root;
        }

        /// Notes that code outside of the method may reach the object.
        void escape() {
            root().escaped = true;
        }

        boolean hasEscaped() {
            return root().escaped;
        }

        /// Notes that the place of this value may have another object.
        private void mix() {
            isMixed = true;
            escape();
        }

        /// Returns whether this is an object that was created on the stack and never was anywhere else.
        boolean isOnlyOnStack() {
            return !isMixed;
        }

        /// Notes that this variable has the object of `other`.
        void unite(Value other) {
            isMixed = true;
            other.isMixed = true;
            Value root = root();
            Value otherRoot = other.root();
            if (root != otherRoot) {
                root.same = otherRoot;
                otherRoot.escaped |= root.escaped;
            }
        }
    }

    private final List<@Nullable Value> slots = new ArrayList<>();

    /// Pushes a value of one slot.
    void push(@Nullable Value value) {
        slots.add(value);
    }

    /// Pushes slots that do not matter.
    void pushOthers(int count) {
        for (int i = 0; i < count; i++) {
            slots.add(null);
        }
    }

    /// Returns the top slot, which it removes. Returns null if the stack is empty, as in code that is never reached.
    @Nullable Value pop() {
        return slots.isEmpty() ? null : slots.removeLast();
    }

    /// Removes slots whose values other code may keep.
    void popEscaping(int count) {
        for (int i = 0; i < count; i++) {
            Value value = pop();
            if (value != null) {
                value.escape();
            }
        }
    }

    void pop(int count) {
        for (int i = 0; i < count; i++) {
            pop();
        }
    }

    void clear() {
        slots.clear();
    }

    void addAll(OperandStack other) {
        slots.addAll(other.slots);
    }

    /// Notes that all places may have other objects.
    void mixAll() {
        slots.forEach(OperandStack::mix);
    }

    OperandStack copy() {
        var copy = new OperandStack();
        copy.slots.addAll(slots);
        return copy;
    }

    /// Notes that control may also come with the values of `other`. Values that differ may no longer be followed.
    void merge(OperandStack other) {
        int size = Math.min(slots.size(), other.slots.size());
        for (int i = 0; i < size; i++) {
            Value mine = slots.get(i);
            Value its = other.slots.get(i);
            if (mine != its) {
                mix(mine);
                mix(its);
            }
        }
    }

    private static void mix(@Nullable Value value) {
        if (value != null) {
            value.mix();
        }
    }

    /// Does what an instruction such as `dup_x1` does.
    void rearrange(Opcode opcode) {
        switch (opcode) {
            case POP -> pop();
            case POP2 -> pop(2);
            case DUP -> duplicate(1, 0);
            case DUP_X1 -> duplicate(1, 1);
            case DUP_X2 -> duplicate(1, 2);
            case DUP2 -> duplicate(2, 0);
            case DUP2_X1 -> duplicate(2, 1);
            case DUP2_X2 -> duplicate(2, 2);
            case SWAP -> {
                Value top = pop();
                Value below = pop();
                push(top);
                push(below);
            }
            default -> throw new IllegalArgumentException(opcode.name());
        }
    }

    /// Copies the top `count` slots below the next `below` slots.
    private void duplicate(int count, int below) {
        List<@Nullable Value> top = new ArrayList<>();
        for (int i = 0; i < count + below; i++) {
            top.addFirst(pop());
        }
        slots.addAll(top.subList(below, below + count));
        slots.addAll(top);
    }
}
