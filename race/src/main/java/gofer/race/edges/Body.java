package gofer.race.edges;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The rewriting of one method body.
///
/// Added code uses extra local variables only between two instructions of the body. So the stack map frames of the class file
/// stay valid, and no class must be looked up.
final class Body implements CodeTransform {

    private final CodeModel original;
    private final MethodModel method;
    private final List<Step> steps;
    private final MethodHooks hooks;

    private final List<StackMapFrameInfo> frames = new ArrayList<>();
    private final List<ExceptionCatch> catches = new ArrayList<>();
    private final Set<Label> passed = new HashSet<>(); // the labels before the current instruction
    private final Map<String, Integer> locals = new HashMap<>(); // the extra variables, by type and position
    private final Map<Label, Label> quietHandlers = new HashMap<>(); // by the handler to which they go on
    private final List<Runnable> atEnd = new ArrayList<>();
    private CodeBuilder code;
    private Label begin;
    private @org.jspecify.annotations.Nullable Label quietEnd; // the handler for exceptions that leave the method

    @SuppressWarnings("NullAway.Init") // `atStart` sets the builder and the first label
    Body(CodeModel original, List<Step> steps, MethodHooks hooks) {
        this.original = original;
        this.method = original.parent().orElseThrow();
        this.steps = steps;
        this.hooks = hooks;
    }

    CodeBuilder code() {
        return code;
    }

    MethodModel method() {
        return method;
    }

    /// Returns the type that the body belongs to.
    ClassDesc type() {
        return method.parent().orElseThrow().thisClass().asSymbol();
    }

    @Override
    public void atStart(CodeBuilder builder) {
        code = builder;
        original.findAttribute(Attributes.stackMapTable()).ifPresent(table -> frames.addAll(table.entries()));
        begin = code.newBoundLabel();
        hooks.entry().accept(this);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
        code = builder;
        switch (element) {
            case ExceptionCatch one -> {
                catches.add(one); // after those of the quiet calls
                return;
            }
            case StackMapTableAttribute _ -> {
                return;
            }
            case LabelTarget target -> passed.add(target.label());
            case ReturnInstruction _ -> hooks.exit().accept(this);
            default -> {}
        }
        for (Step step : steps) {
            if (step.write(this, element)) {
                return;
            }
        }
        code.with(element);
    }

    @Override
    public void atEnd(CodeBuilder builder) {
        code = builder;
        Label end = code.newBoundLabel();
        atEnd.forEach(Runnable::run);
        catches.forEach(code::with);
        if (hooks.failure() instanceof Consumer<Body> failure) {
            boolean hasThis = (method.flags().flagsMask() & ClassFile.ACC_STATIC) == 0;
            List<StackMapFrameInfo.VerificationTypeInfo> first =
                    hasThis ? List.of(StackMapFrameInfo.ObjectVerificationTypeInfo.of(type())) : List.of();
            code.exceptionCatchAll(begin, end, handler(first));
            failure.accept(this);
            code.athrow();
        }
        if (!frames.isEmpty()) {
            code.with(StackMapTableAttribute.of(frames));
        }
    }

    /// Begins a handler for exceptions. In it, the first variables have the types `variables`.
    private Label handler(List<StackMapFrameInfo.VerificationTypeInfo> variables) {
        Label handler = code.newBoundLabel();
        frames.add(
                StackMapFrameInfo.of(
                        handler,
                        variables,
                        List.of(StackMapFrameInfo.ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
        return handler;
    }

    /// Stores the value on the stack in an extra variable. Returns the variable.
    int store(ClassDesc type, int position) {
        TypeKind kind = TypeKind.from(type).asLoadable();
        int local = locals.computeIfAbsent(kind.name() + position, _ -> code.allocateLocal(kind));
        code.storeLocal(kind, local);
        return local;
    }

    /// Stores the values of these types on the stack in extra variables. Returns the variables.
    int[] store(List<ClassDesc> types) {
        int[] stored = new int[types.size()];
        for (int i = stored.length - 1; i >= 0; i--) {
            stored[i] = store(types.get(i), i);
        }
        return stored;
    }

    /// Loads the values that `store` has stored.
    void load(List<ClassDesc> types, int[] stored) {
        for (int i = 0; i < stored.length; i++) {
            code.loadLocal(TypeKind.from(types.get(i)).asLoadable(), stored[i]);
        }
    }

    /// Writes a call between `enterQuiet` and `exitQuiet`, which also follows if the call throws.
    ///
    /// Each handler of the body that covers the call gets a handler before it, which first ends the quiet. The stack map frame
    /// is the same in both.
    void writeQuietly(CodeElement call) {
        HookCalls.plain(code, "enterQuiet");
        Label from = code.newBoundLabel();
        code.with(call);
        Label to = code.newBoundLabel();
        HookCalls.plain(code, "exitQuiet");
        for (ExceptionCatch one : catches) {
            if (passed.contains(one.tryStart()) && !passed.contains(one.tryEnd())) {
                Label handler = quietHandlers.computeIfAbsent(one.handler(), this::quietHandler);
                one.catchType()
                        .ifPresentOrElse(
                                type -> code.exceptionCatch(from, to, handler, type),
                                () -> code.exceptionCatchAll(from, to, handler));
            }
        }
        code.exceptionCatchAll(from, to, quietEnd());
    }

    private Label quietHandler(Label handler) {
        Label before = code.newLabel();
        StackMapFrameInfo frame = frames.stream().filter(one -> one.target().equals(handler)).findFirst().orElseThrow();
        frames.add(StackMapFrameInfo.of(before, frame.locals(), frame.stack()));
        atEnd.add(() -> {
            code.labelBinding(before);
            HookCalls.plain(code, "exitQuiet");
            code.goto_(handler);
        });
        return before;
    }

    private Label quietEnd() {
        Label known = quietEnd;
        if (known != null) {
            return known;
        }
        Label end = code.newLabel();
        quietEnd = end;
        frames.add(
                StackMapFrameInfo.of(
                        end,
                        List.of(),
                        List.of(StackMapFrameInfo.ObjectVerificationTypeInfo.of(ConstantDescs.CD_Throwable))));
        atEnd.add(() -> {
            code.labelBinding(end);
            HookCalls.plain(code, "exitQuiet");
            code.athrow();
        });
        return end;
    }
}
