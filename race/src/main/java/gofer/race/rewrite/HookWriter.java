package gofer.race.rewrite;

import gofer.race.runtime.Hooks;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The writer of the calls of hooks in one method.
///
/// It saves values of the stack in extra local variables, and loads them again before the next jump. So the stack map frames of
/// the method do not change.
final class HookWriter {

    private final Detector detector;
    private final String type; // binary name
    private final String method;
    private final String file;
    private final Map<Integer, Integer> sites = new HashMap<>(); // by line
    private final Map<String, Integer> locals = new HashMap<>(); // the variables for saved values, by type and position
    private int strand = -1; // the variable of the strand; -1 if there is none
    private int line = -1;
    private int calls;

    HookWriter(Detector detector, String type, String method, String file) {
        this.detector = detector;
        this.type = type;
        this.method = method;
        this.file = file;
    }

    /// Returns a writer for another method, which calls hooks at the same place in the source.
    HookWriter forHelper() {
        var writer = new HookWriter(detector, type, method, file);
        writer.line = line;
        return writer;
    }

    /// Writes the start of a method that keeps the strand in a variable. Returns the variable.
    Frames.Kept keepStrand(CodeBuilder code) {
        strand = code.allocateLocal(TypeKind.REFERENCE);
        call(code, Hook.STRAND).astore(strand);
        return new Frames.Kept(strand, ObjectVerificationTypeInfo.of(ConstantDescs.CD_Object));
    }

    /// Pushes the strand; null if the method does not keep it.
    CodeBuilder strand(CodeBuilder code) {
        return strand < 0 ? code.aconst_null() : code.aload(strand);
    }

    /// Sets the line of the instructions that follow.
    void atLine(int next) {
        line = next;
    }

    int line() {
        return line;
    }

    /// Returns the number of calls that have been written.
    int calls() {
        return calls;
    }

    /// Counts a call that has been written without [#call].
    void countCall() {
        calls++;
    }

    /// Writes a call of `hook`, whose arguments are on the stack.
    CodeBuilder call(CodeBuilder code, Hook hook) {
        calls++;
        return detector.call(code, hook);
    }

    /// Writes a call of a hook for an access at this place. Its other arguments are on the stack.
    CodeBuilder callAt(CodeBuilder code, Hook hook) {
        return call(site(code), hook);
    }

    /// Pushes the number of this place.
    CodeBuilder site(CodeBuilder code) {
        return code.loadConstant((int) sites.computeIfAbsent(line, key -> detector.site(type, method, file, key)));
    }

    /// Pushes the number of a field.
    CodeBuilder field(CodeBuilder code, Variables.Variable variable) {
        return code.loadConstant(detector.field(variable.field(), variable.hasEpochs()));
    }

    /// Writes a call of a hook for the monitor on the stack.
    CodeBuilder callForMonitor(CodeBuilder code, Hook hook) {
        return call(code.loadConstant(Hooks.MONITOR), hook);
    }

    /// Moves the values on top of the stack to local variables, down to the value at position `first`.
    void store(CodeBuilder code, List<TypeKind> values, int first) {
        for (int i = values.size() - 1; i >= first; i--) {
            code.storeLocal(values.get(i), local(code, values.get(i), i));
        }
    }

    /// Pushes these values again.
    void load(CodeBuilder code, List<TypeKind> values, int first) {
        for (int i = first; i < values.size(); i++) {
            code.loadLocal(values.get(i), local(code, values.get(i), i));
        }
    }

    /// Returns the extra variable for the value at a position.
    int local(CodeBuilder code, TypeKind kind, int position) {
        return locals.computeIfAbsent(kind.name() + position, _ -> code.allocateLocal(kind));
    }

    /// Copies the object below values of these types to the top of the stack.
    void copyFromBelow(CodeBuilder code, List<TypeKind> above) {
        switch (above.stream().mapToInt(TypeKind::slotSize).sum()) {
            case 0 -> code.dup();
            case 1 -> code.dup2().pop();
            case 2 -> code.dup2_x1().pop2().dup_x2();
            default -> throw new IllegalArgumentException(above.toString());
        }
    }

    static List<TypeKind> loadable(List<ClassDesc> types) {
        return types.stream().map(each -> TypeKind.from(each).asLoadable()).toList();
    }
}
