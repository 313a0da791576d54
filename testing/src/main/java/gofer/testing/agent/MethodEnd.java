package gofer.testing.agent;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The end of a rewritten method: the handler for exceptions that escape it, and the stack map frames of the class file.
final class MethodEnd {

    private MethodEnd() {}

    /// Ends `code`, which is rewritten from `original`. If `from` labels the beginning of the body, adds a handler that runs
    /// `cleanup` if an exception escapes the body. In the handler, as at the beginning, the first variables have the types
    /// `locals`.
    static void write(
            ClassModel type,
            CodeModel original,
            CodeBuilder code,
            @Nullable Label from,
            List<StackMapFrameInfo.VerificationTypeInfo> locals,
            Consumer<CodeBuilder> cleanup) {
        List<StackMapFrameInfo> frames = new ArrayList<>();
        original.findAttribute(Attributes.stackMapTable()).ifPresent(table -> frames.addAll(table.entries()));
        if (from != null) {
            Label thrown = code.newBoundLabel();
            code.exceptionCatchAll(from, thrown, thrown); // after the handlers of the body itself
            cleanup.accept(code);
            code.athrow();
            frames.add(
                    StackMapFrameInfo.of(
                            thrown,
                            locals,
                            List.of(StackMapFrameInfo.ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
        }
        if (!frames.isEmpty() && type.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            code.with(StackMapTableAttribute.of(frames));
        }
    }
}
