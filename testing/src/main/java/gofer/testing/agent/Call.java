package gofer.testing.agent;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/// A call of a method, by an instruction or through a reference.
///
/// @param opcode the opcode of the instruction
/// @param owner the internal name of the type that the instruction names
/// @param name the name of the method
/// @param type its parameters, without the object, and its return type
record Call(Opcode opcode, String owner, String name, MethodTypeDesc type) {

    static Call of(InvokeInstruction call) {
        return new Call(call.opcode(), call.owner().asInternalName(), call.name().stringValue(), call.typeSymbol());
    }

    /// Returns null for a field, or for a private method.
    static @Nullable Call of(DirectMethodHandleDesc method) {
        Opcode opcode =
                switch (method.kind()) {
                    case VIRTUAL -> Opcode.INVOKEVIRTUAL;
                    case INTERFACE_VIRTUAL -> Opcode.INVOKEINTERFACE;
                    case STATIC, INTERFACE_STATIC -> Opcode.INVOKESTATIC;
                    case CONSTRUCTOR -> Opcode.INVOKESPECIAL;
                    default -> null;
                };
        if (opcode == null) {
            return null;
        }
        String name = method.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR ? "<init>" : method.methodName();
        return new Call(opcode, name(method.owner()), name, MethodTypeDesc.ofDescriptor(method.lookupDescriptor()));
    }

    /// Returns the internal name of a type, or the descriptor of an array.
    static String name(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1);
    }

    boolean isStatic() {
        return opcode == Opcode.INVOKESTATIC;
    }

    boolean isSpecial() {
        return opcode == Opcode.INVOKESPECIAL;
    }

    /// Returns whether the method is called on an object that is already constructed.
    boolean isOnObject() {
        return !isStatic() && !name.equals(ConstantDescs.INIT_NAME);
    }

    boolean isOfArray() {
        return owner.startsWith("[");
    }

    /// Returns whether the call copies all fields of an object, or all elements of an array.
    boolean isClone() {
        return name.equals("clone") && (isOfArray() || isSpecial() && owner.equals("java/lang/Object"));
    }

    /// Returns the name and descriptor.
    String method() {
        return name + type.descriptorString();
    }
}
