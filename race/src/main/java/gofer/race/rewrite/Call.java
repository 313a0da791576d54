package gofer.race.rewrite;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call of a method, by an instruction or through a reference.
///
/// @param opcode the opcode of the instruction
/// @param owner the internal name of the type that the instruction names, or the descriptor of an array
/// @param name the name of the method
/// @param type its parameters, without the object, and its return type
record Call(Opcode opcode, String owner, String name, MethodTypeDesc type) {

    private static final MethodTypeDesc CLONE = MethodTypeDesc.of(ConstantDescs.CD_Object);

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
        boolean isConstructor = method.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
        return new Call(
                opcode,
                internalName(method.owner()),
                isConstructor ? ConstantDescs.INIT_NAME : method.methodName(),
                MethodTypeDesc.ofDescriptor(method.lookupDescriptor()));
    }

    private static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1);
    }

    boolean isStatic() {
        return opcode == Opcode.INVOKESTATIC;
    }

    boolean isConstructor() {
        return name.equals(ConstantDescs.INIT_NAME);
    }

    /// Returns whether the method is called on an object that is already constructed.
    boolean isOnObject() {
        return !isStatic() && !isConstructor();
    }

    /// Returns whether the call copies an array.
    boolean isCloneOfArray() {
        return name.equals("clone") && owner.startsWith("[");
    }

    /// Returns whether the call copies the fields of `this`, as `super.clone()` does.
    boolean isCloneOfThis() {
        return opcode == Opcode.INVOKESPECIAL && name.equals("clone") && type.equals(CLONE);
    }

    /// Returns the kinds of the arguments on the stack, without the object.
    List<TypeKind> kinds() {
        return HookWriter.loadable(type.parameterList());
    }

    /// Returns the name and descriptor.
    String method() {
        return name + type.descriptorString();
    }
}
