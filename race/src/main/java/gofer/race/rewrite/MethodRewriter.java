package gofer.race.rewrite;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transform that adds the hooks to one method.
final class MethodRewriter implements CodeTransform {

    private static final int MANY_ACCESSES = 3;
    private static final String CONCATENATION = "Ljava/lang/invoke/StringConcatFactory;";

    private final ClassModel type;
    private final Variables variables;
    private final CallWriter calls;
    private final Bridges bridges;
    private final HookWriter writer;
    private final FieldCalls fields;
    private final ElementCalls elements;
    private final boolean keepsStrand;
    private final Enclosure enclosure;
    private final boolean isConstructor;
    private final boolean isInitializer;
    private final boolean onlyEdges; // and no accesses
    private final StackScan.@Nullable Result scan;
    private int at = -1; // the index of the current element

    MethodRewriter(
            ClassModel type,
            MethodModel method,
            CodeModel original,
            Variables variables,
            CallWriter calls,
            Bridges bridges,
            HookWriter writer,
            boolean onlyEdges) {
        this.type = type;
        this.variables = variables;
        this.calls = calls;
        this.bridges = bridges;
        this.writer = writer;
        fields = new FieldCalls(type, writer);
        enclosure = new Enclosure(type, method, original, variables, writer);
        isConstructor = method.methodName().equalsString(ConstantDescs.INIT_NAME);
        isInitializer = method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
        this.onlyEdges = onlyEdges || isInitializer;
        scan = isScanned(original) ? StackScan.of(method, original) : null;
        BitSet inLoop = Loops.elementsIn(original);
        elements = new ElementCalls(original, inLoop, writer, this::isShared);
        keepsStrand = !this.onlyEdges && hasManyAccesses(original.elementList(), inLoop);
    }

    private boolean isScanned(CodeModel original) {
        return isConstructor || !onlyEdges && original.elementStream().anyMatch(MethodRewriter::usesArray);
    }

    private static boolean usesArray(CodeElement element) {
        return element instanceof ArrayLoadInstruction
                || element instanceof ArrayStoreInstruction
                || element instanceof InvokeInstruction call && call.name().equalsString("clone");
    }

    /// Returns whether many accesses to fields in the method need the strand, so that it is faster to find it once.
    private boolean hasManyAccesses(List<CodeElement> all, BitSet inLoop) {
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof FieldInstruction access
                    && variables.of(access) instanceof Variables.Variable variable
                    && variable.hasEpochs()) {
                count += inLoop.get(i) ? MANY_ACCESSES : 1;
            }
        }
        return count >= MANY_ACCESSES;
    }

    @Override
    public void atStart(CodeBuilder code) {
        List<Frames.Kept> kept = elements.start(code);
        if (keepsStrand) {
            kept.add(writer.keepStrand(code));
        }
        enclosure.start(code, kept);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        at++;
        switch (element) {
            case LineNumber line -> {
                writer.atLine(line.line());
                code.with(line);
            }
            case FieldInstruction access -> access(code, access);
            case MonitorInstruction monitor -> monitor(code, monitor);
            case InvokeInstruction instruction -> call(code, instruction);
            case ReturnInstruction end -> {
                enclosure.beforeReturn(code);
                code.with(end);
            }
            case InvokeDynamicInstruction dynamic when !onlyEdges -> call(code, dynamic);
            case ArrayLoadInstruction load when isShared(at) -> elements.write(code, load, at);
            case ArrayStoreInstruction store when isShared(at) -> elements.write(code, store, at);
            default -> code.with(element);
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        enclosure.end(code);
    }

    /// Returns whether the access with an index to an element of an array counts.
    private boolean isShared(int index) {
        return !onlyEdges && (scan == null || !scan.ofNew().contains(index));
    }

    private void access(CodeBuilder code, FieldInstruction access) {
        Variables.Variable variable = isOfNew(access) ? null : variables.of(access);
        if (variable == null || onlyEdges && !variable.isVolatile()) {
            initialized(code, access);
            code.with(access);
        } else {
            fields.write(code, access, variable);
        }
    }

    /// Writes the edge of a read of a static final field.
    private void initialized(CodeBuilder code, FieldInstruction access) {
        String owner = access.opcode() == Opcode.GETSTATIC ? variables.initialized(access) : null;
        if (owner != null && !(isInitializer && access.owner().equals(type.thisClass()))) {
            Initializers.call(code, access.owner().asInternalName(), owner, variables.isInterface(owner));
            writer.countCall();
        }
    }

    /// Returns whether the access is a constructor's access to a field of `this`. A volatile field has its edges as soon as
    /// the verifier accepts `this` as an argument.
    private boolean isOfNew(FieldInstruction access) {
        if (!isConstructor || access.opcode() == Opcode.GETSTATIC || access.opcode() == Opcode.PUTSTATIC) {
            return false;
        }
        boolean isOwn = access.owner().equals(type.thisClass());
        if (scan == null) {
            return isOwn;
        }
        boolean isBeforeConstruction = access.opcode() == Opcode.PUTFIELD && at < scan.construction();
        return isOwn && isBeforeConstruction || scan.ofThis().contains(at) && !isVolatile(access);
    }

    private boolean isVolatile(FieldInstruction access) {
        Variables.Variable variable = variables.of(access);
        return variable != null && variable.isVolatile();
    }

    private void monitor(CodeBuilder code, MonitorInstruction monitor) {
        code.dup();
        if (monitor.opcode() == Opcode.MONITORENTER) {
            writer.callForMonitor(code.with(monitor), Hook.ACQUIRE);
        } else {
            writer.callForMonitor(code, Hook.RELEASE).with(monitor);
        }
    }

    private void call(CodeBuilder code, InvokeInstruction instruction) {
        Call call = Call.of(instruction);
        boolean counts = onlyEdges ? CallWriter.hasEdges(call) : !isOfNewArray();
        if (counts) {
            calls.write(code, writer, call, () -> code.with(instruction));
        } else {
            code.with(instruction);
        }
        if (call.isCloneOfThis()) {
            writer.call(code.dup(), Hook.CLONED);
        }
    }

    /// Returns whether the current call copies an array that no other thread can reach.
    private boolean isOfNewArray() {
        return scan != null && scan.ofNew().contains(at);
    }

    private void call(CodeBuilder code, InvokeDynamicInstruction dynamic) {
        if (dynamic.bootstrapMethod().owner().descriptorString().equals(CONCATENATION)) {
            List<WholeCalls.Operand> parts = WholeCalls.parts(dynamic.typeSymbol().parameterList());
            if (!parts.isEmpty()) {
                WholeCalls.write(code, writer, HookWriter.loadable(dynamic.typeSymbol().parameterList()), parts);
            }
        }
        bridges.write(code, writer, dynamic);
    }
}
