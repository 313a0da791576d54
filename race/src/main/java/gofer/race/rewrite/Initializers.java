package gofer.race.rewrite;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Set;

/// The edges from class initializers to reads of the final fields that they assign. For the class `com.acme.Shop`, these are the
/// members:
///
///     private static final boolean gofer$settled; // what the hook at the end of the initializer returned
///
///     public static void gofer$initialized$com$acme$Shop() {
///         if (!gofer$settled) GoferRace.initialized(Shop.class, NUMBER);
///     }
///
/// Each such read calls the method first. The compiler of the JVM removes the call if the field is true.
final class Initializers {

    private static final String SETTLED = "gofer$settled";
    private static final String INITIALIZED = "gofer$initialized$";
    private static final String INITIALIZER = ConstantDescs.CLASS_INIT_NAME + "()V";

    /// The types whose objects have no variables.
    private static final Set<String> CONSTANT =
            Set.of(
                    "Ljava/lang/Boolean;",
                    "Ljava/lang/Byte;",
                    "Ljava/lang/Character;",
                    "Ljava/lang/Class;",
                    "Ljava/lang/Double;",
                    "Ljava/lang/Float;",
                    "Ljava/lang/Integer;",
                    "Ljava/lang/Long;",
                    "Ljava/lang/Short;",
                    "Ljava/lang/String;");

    private Initializers() {}

    /// Returns whether other threads may get an object with variables from the field, without another edge.
    static boolean isShared(ClassFiles.Field field) {
        return field.isStatic()
                && field.has(ClassFile.ACC_FINAL)
                && !field.has(ClassFile.ACC_SYNTHETIC)
                && field.descriptor().length() > 1
                && !CONSTANT.contains(field.descriptor());
    }

    /// Returns whether a type in the scope gets the members. Interfaces had no static methods before Java 8.
    static boolean areKnown(String name, ClassFiles files) {
        ClassFiles.Type type = files.of(name);
        return type.methods().contains(INITIALIZER)
                && (!type.isInterface() || type.majorVersion() >= ClassFile.JAVA_8_VERSION)
                && type.fields().values().stream().anyMatch(Initializers::isShared);
    }

    /// Returns whether code that names the type `named` may call the method of `declaring`, from which that inherits a field.
    static boolean areInherited(String declaring, String named, ClassFiles files) {
        ClassFiles.Type type = files.of(declaring);
        boolean isPublic = (type.flags() & ClassFile.ACC_PUBLIC) != 0;
        return !type.isInterface() || isPublic || packageOf(declaring).equals(packageOf(named));
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /// Writes a call before a read of a field that `declaring` declares and the instruction finds in `named`.
    static void call(CodeBuilder code, String named, String declaring, boolean isInterface) {
        String owner = isInterface ? declaring : named; // static methods of interfaces are not inherited
        code.invokestatic(ClassDesc.ofInternalName(owner), method(declaring), ConstantDescs.MTD_void, isInterface);
    }

    private static String method(String declaring) {
        return INITIALIZED + declaring.replace('/', '$');
    }

    /// Writes the end of the initializer. The result of the hook is on the stack.
    static void settle(CodeBuilder code, ClassModel type) {
        code.putstatic(type.thisClass().asSymbol(), SETTLED, ConstantDescs.CD_boolean);
    }

    /// Adds the members.
    static void addTo(ClassBuilder builder, ClassModel type, Detector detector) {
        boolean isInterface = (type.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        int access = isInterface ? ClassFile.ACC_PUBLIC : ClassFile.ACC_PRIVATE;
        builder.withField(
                SETTLED,
                ConstantDescs.CD_boolean,
                access | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
        builder.withMethodBody(
                method(type.thisClass().asInternalName()),
                ConstantDescs.MTD_void,
                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                code -> write(code, type, detector));
    }

    private static void write(CodeBuilder code, ClassModel type, Detector detector) {
        Label settled = code.newLabel();
        code.getstatic(type.thisClass().asSymbol(), SETTLED, ConstantDescs.CD_boolean).ifne(settled);
        ClassConstants.load(code, type);
        detector.call(code.loadConstant(detector.initializer()), Hook.INITIALIZED);
        code.labelBinding(settled).return_();
        if (type.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            code.with(StackMapTableAttribute.of(List.of(StackMapFrameInfo.of(settled, List.of(), List.of()))));
        }
    }
}
