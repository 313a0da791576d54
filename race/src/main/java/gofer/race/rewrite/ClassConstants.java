package gofer.race.rewrite;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Class objects in the code of a class.
final class ClassConstants {

    private static final MethodTypeDesc FOR_NAME = MethodTypeDesc.of(ConstantDescs.CD_Class, ConstantDescs.CD_String);
    private static final MethodTypeDesc GET_SUPERCLASS = MethodTypeDesc.of(ConstantDescs.CD_Class);

    private ClassConstants() {}

    /// Pushes the class `type` in its own code.
    static void load(CodeBuilder code, ClassModel type) {
        load(code, type, type.thisClass().asSymbol());
    }

    /// Pushes the superclass of `named` at a distance of `depth`. It need not be accessible in the code of `type`.
    static void load(CodeBuilder code, ClassModel type, ClassDesc named, int depth) {
        load(code, type, named);
        for (int i = 0; i < depth; i++) {
            code.invokevirtual(ConstantDescs.CD_Class, "getSuperclass", GET_SUPERCLASS);
        }
    }

    /// A class file of Java 1.4 or older has no class constants. Before that, the class is being initialized or about to be.
    private static void load(CodeBuilder code, ClassModel type, ClassDesc named) {
        if (type.majorVersion() >= ClassFile.JAVA_5_VERSION) {
            code.ldc(named);
        } else {
            String descriptor = named.descriptorString();
            String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
            code.ldc(name).invokestatic(ConstantDescs.CD_Class, "forName", FOR_NAME);
        }
    }
}
