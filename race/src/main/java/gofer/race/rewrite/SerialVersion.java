package gofer.race.rewrite;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.constant.ConstantDescs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// The version of a serializable class that has no `serialVersionUID`. The JVM computes it from the members of the class, so
/// generated members would change it. See the Java Object Serialization Specification, section 4.6.
final class SerialVersion {

    static final String NAME = "serialVersionUID";

    private static final String SERIALIZABLE = "java/io/Serializable";

    private static final int CLASS_FLAGS =
            ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_INTERFACE | ClassFile.ACC_ABSTRACT;

    private static final int FIELD_FLAGS =
            ClassFile.ACC_PUBLIC
                    | ClassFile.ACC_PRIVATE
                    | ClassFile.ACC_PROTECTED
                    | ClassFile.ACC_STATIC
                    | ClassFile.ACC_FINAL
                    | ClassFile.ACC_VOLATILE
                    | ClassFile.ACC_TRANSIENT;

    private static final int METHOD_FLAGS =
            ClassFile.ACC_PUBLIC
                    | ClassFile.ACC_PRIVATE
                    | ClassFile.ACC_PROTECTED
                    | ClassFile.ACC_STATIC
                    | ClassFile.ACC_FINAL
                    | ClassFile.ACC_SYNCHRONIZED
                    | ClassFile.ACC_NATIVE
                    | ClassFile.ACC_ABSTRACT
                    | ClassFile.ACC_STRICT;

    private final ClassModel type;
    private final DataOutputStream out;

    private SerialVersion(ClassModel type, DataOutputStream out) {
        this.type = type;
        this.out = out;
    }

    /// Returns whether the version of `type` is computed from its members. That of enums and records is not.
    static boolean isComputed(ClassModel type, ClassFiles files) {
        String parent = type.superclass().map(each -> each.asInternalName()).orElse("");
        return (type.flags().flagsMask() & ClassFile.ACC_INTERFACE) == 0
                && !parent.equals("java/lang/Enum")
                && !parent.equals("java/lang/Record")
                && type.fields().stream().noneMatch(each -> each.fieldName().equalsString(NAME))
                && isSerializable(type.thisClass().asInternalName(), files);
    }

    private static boolean isSerializable(String name, ClassFiles files) {
        if (name.isEmpty() || name.equals("java/lang/Object")) {
            return false;
        }
        ClassFiles.Type found = files.of(name);
        return name.equals(SERIALIZABLE)
                || isSerializable(found.parent(), files)
                || found.interfaces().stream().anyMatch(each -> isSerializable(each, files));
    }

    /// Returns the version that the JVM computes for `type`.
    static long of(ClassModel type) {
        var bytes = new ByteArrayOutputStream();
        try {
            new SerialVersion(type, new DataOutputStream(bytes)).write();
            byte[] hash = MessageDigest.getInstance("SHA").digest(bytes.toByteArray());
            return ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getLong();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void write() throws IOException {
        out.writeUTF(binaryName(type.thisClass().asInternalName()));
        out.writeInt(classFlags());
        for (String name : sorted(type.interfaces(), each -> binaryName(each.asInternalName()))) {
            out.writeUTF(name);
        }
        writeFields();
        if (type.methods().stream().anyMatch(SerialVersion::isInitializer)) {
            write(ConstantDescs.CLASS_INIT_NAME, ClassFile.ACC_STATIC, "()V");
        }
        writeMethods(true);
        writeMethods(false);
    }

    private static String binaryName(String internalName) {
        return internalName.replace('/', '.');
    }

    /// Returns the flags of the declaration. Those of a nested class are in an attribute. An interface is not asked for.
    private int classFlags() {
        int flags = type.flags().flagsMask();
        var nested = type.findAttribute(Attributes.innerClasses());
        if (nested.isPresent()) {
            for (InnerClassInfo each : nested.get().classes()) {
                if (each.innerClass().equals(type.thisClass())) {
                    flags = each.flagsMask();
                }
            }
        }
        return flags & CLASS_FLAGS;
    }

    private void writeFields() throws IOException {
        for (FieldModel field : sortedBy(type.fields(), each -> each.fieldName().stringValue())) {
            int flags = field.flags().flagsMask() & FIELD_FLAGS;
            boolean isPrivate = (flags & ClassFile.ACC_PRIVATE) != 0;
            if (!isPrivate || (flags & (ClassFile.ACC_STATIC | ClassFile.ACC_TRANSIENT)) == 0) {
                write(field.fieldName().stringValue(), flags, field.fieldType().stringValue());
            }
        }
    }

    private void writeMethods(boolean constructors) throws IOException {
        List<MethodModel> sorted =
                sortedBy(
                        type.methods(),
                        each -> each.methodName().stringValue() + "\0" + each.methodType().stringValue());
        for (MethodModel method : sorted) {
            int flags = method.flags().flagsMask() & METHOD_FLAGS;
            boolean isConstructor = method.methodName().equalsString(ConstantDescs.INIT_NAME);
            if (isConstructor == constructors && !isInitializer(method) && (flags & ClassFile.ACC_PRIVATE) == 0) {
                write(method.methodName().stringValue(), flags, method.methodType().stringValue().replace('/', '.'));
            }
        }
    }

    private static boolean isInitializer(MethodModel method) {
        return method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
    }

    private void write(String name, int flags, String descriptor) throws IOException {
        out.writeUTF(name);
        out.writeInt(flags);
        out.writeUTF(descriptor);
    }

    private static <T> List<String> sorted(List<T> elements, Function<T, String> name) {
        return elements.stream().map(name).sorted().toList();
    }

    private static <T> List<T> sortedBy(List<T> elements, Function<T, String> key) {
        return elements.stream().sorted(Comparator.comparing(key)).toList();
    }
}
