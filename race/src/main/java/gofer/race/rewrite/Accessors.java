package gofer.race.rewrite;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// The members that a class gets for each of its variables: the epochs of the last read and write, their sites, and two
/// methods. For the field `total` of `Shop`, the methods are:
///
///     static void gofer$read$total(Shop shop, Object strand, int site) {
///         if (shop == null) return;
///         long epoch = GoferRace.epoch(strand);
///         if (shop.gofer$w$total == epoch || shop.gofer$r$total == epoch) return;
///         GoferRace.readField(shop, FIELD, site);
///     }
///
///     static void gofer$write$total(Shop shop, Object strand, int site) {
///         if (shop == null || shop.gofer$w$total == GoferRace.epoch(strand)) return;
///         GoferRace.writeField(shop, FIELD, site);
///     }
///
/// Each access calls one of them first. They return early if the epochs show that there is nothing to check. Their types do not
/// name the type of the field, so that reflection can list the methods even if that class is missing. The access itself stays as
/// it is, and so does its exception if there is no object.
final class Accessors {

    private static final int FIELD_FLAGS = ClassFile.ACC_PRIVATE | ClassFile.ACC_TRANSIENT | ClassFile.ACC_SYNTHETIC;
    private static final int METHOD_FLAGS = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private static final String READ = "gofer$read$";
    private static final String WRITE = "gofer$write$";
    private static final String WRITE_EPOCH = "gofer$w$";
    private static final String READ_EPOCH = "gofer$r$";
    private static final List<String> SITES = List.of("gofer$ws$", "gofer$rs$");

    private final ClassModel owner;
    private final ClassDesc type;
    private final Detector detector;

    Accessors(ClassModel owner, Detector detector) {
        this.owner = owner;
        type = owner.thisClass().asSymbol();
        this.detector = detector;
    }

    /// Writes a call before an access to `field`. A copy of the object is on the stack, unless the field is static.
    ///
    /// @param named the class that the instruction names
    static void call(CodeBuilder code, ClassDesc named, ClassFiles.Field field, boolean reads, HookWriter writer) {
        writer.site(writer.strand(code)).invokestatic(named, (reads ? READ : WRITE) + field.name(), methodType(field));
        writer.countCall();
    }

    private static MethodTypeDesc methodType(ClassFiles.Field field) {
        return field.isStatic()
                ? MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_int)
                : MethodTypeDesc.of(
                        ConstantDescs.CD_void,
                        ClassDesc.ofInternalName(field.owner()),
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_int);
    }

    /// Adds the members for `field`.
    void addTo(ClassBuilder builder, ClassFiles.Field field) {
        int flags = FIELD_FLAGS | (field.isStatic() ? ClassFile.ACC_STATIC : 0);
        builder.withField(WRITE_EPOCH + field.name(), ConstantDescs.CD_long, flags);
        builder.withField(READ_EPOCH + field.name(), ConstantDescs.CD_long, flags);
        for (String prefix : SITES) {
            builder.withField(prefix + field.name(), ConstantDescs.CD_int, flags);
        }
        MethodTypeDesc method = methodType(field);
        builder.withMethodBody(READ + field.name(), method, METHOD_FLAGS, code -> writeReading(code, field));
        builder.withMethodBody(WRITE + field.name(), method, METHOD_FLAGS, code -> writeWriting(code, field));
    }

    private void writeReading(CodeBuilder code, ClassFiles.Field field) {
        Label done = code.newLabel();
        returnWithoutObject(code, field, done);
        int epoch = code.allocateLocal(TypeKind.LONG);
        detector.call(loadStrand(code, field), Hook.EPOCH).lstore(epoch);
        loadEpoch(code, field, WRITE_EPOCH).lload(epoch).lcmp().ifeq(done);
        loadEpoch(code, field, READ_EPOCH).lload(epoch).lcmp().ifeq(done);
        check(code, Hook.READ_FIELD, field, done);
    }

    private void writeWriting(CodeBuilder code, ClassFiles.Field field) {
        Label done = code.newLabel();
        returnWithoutObject(code, field, done);
        loadStrand(loadEpoch(code, field, WRITE_EPOCH), field);
        detector.call(code, Hook.EPOCH).lcmp().ifeq(done);
        check(code, Hook.WRITE_FIELD, field, done);
    }

    private static void returnWithoutObject(CodeBuilder code, ClassFiles.Field field, Label done) {
        if (!field.isStatic()) {
            code.aload(0).ifnull(done);
        }
    }

    private static CodeBuilder loadStrand(CodeBuilder code, ClassFiles.Field field) {
        return code.aload(code.parameterSlot(field.isStatic() ? 0 : 1));
    }

    private CodeBuilder loadEpoch(CodeBuilder code, ClassFiles.Field field, String prefix) {
        String name = prefix + field.name();
        return field.isStatic()
                ? code.getstatic(type, name, ConstantDescs.CD_long)
                : code.aload(0).getfield(type, name, ConstantDescs.CD_long);
    }

    /// Writes a call of `hook` and the end of the method, to which `done` jumps.
    private void check(CodeBuilder code, Hook hook, ClassFiles.Field field, Label done) {
        if (field.isStatic()) {
            ClassConstants.load(code, owner);
        } else {
            code.aload(0);
        }
        code.loadConstant(detector.field(field, true)).iload(code.parameterSlot(field.isStatic() ? 1 : 2));
        detector.call(code, hook);
        code.labelBinding(done).return_();
        if (owner.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            List<VerificationTypeInfo> parameters = new ArrayList<>();
            if (!field.isStatic()) {
                parameters.add(ObjectVerificationTypeInfo.of(type));
            }
            parameters.add(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Object));
            parameters.add(SimpleVerificationTypeInfo.INTEGER);
            code.with(StackMapTableAttribute.of(List.of(StackMapFrameInfo.of(done, parameters, List.of()))));
        }
    }
}
