package gofer.race.rewrite;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;

/// The stack map frames of a rewritten method: those of the class file, with the variables that the rewritten method keeps
/// from its start to its end.
final class Frames {

    /// A variable that keeps its value in the whole method.
    record Kept(int slot, VerificationTypeInfo type) {}

    private final List<StackMapFrameInfo> frames = new ArrayList<>();
    private final List<Kept> kept;

    /// @param kept the variables, in the order of their slots, above all others of the method
    Frames(CodeModel original, List<Kept> kept) {
        this.kept = kept;
        original.findAttribute(Attributes.stackMapTable())
                .ifPresent(table -> table.entries().forEach(this::addOriginal));
    }

    private void addOriginal(StackMapFrameInfo frame) {
        frames.add(StackMapFrameInfo.of(frame.target(), withKept(frame.locals()), frame.stack()));
    }

    /// Adds the frame of a handler of all exceptions. The first variables have the types `locals`.
    void addHandler(Label handler, List<VerificationTypeInfo> locals) {
        frames.add(
                StackMapFrameInfo.of(
                        handler, withKept(locals), List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
    }

    private List<VerificationTypeInfo> withKept(List<VerificationTypeInfo> locals) {
        List<VerificationTypeInfo> all = new ArrayList<>(locals);
        int slots = locals.stream().mapToInt(Frames::slots).sum();
        for (Kept variable : kept) {
            for (; slots < variable.slot(); slots++) {
                all.add(SimpleVerificationTypeInfo.TOP);
            }
            all.add(variable.type());
            slots += slots(variable.type());
        }
        return all;
    }

    private static int slots(VerificationTypeInfo type) {
        return type == SimpleVerificationTypeInfo.LONG || type == SimpleVerificationTypeInfo.DOUBLE ? 2 : 1;
    }

    void writeTo(CodeBuilder code, ClassModel type) {
        if (!frames.isEmpty() && type.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            code.with(StackMapTableAttribute.of(frames));
        }
    }
}
