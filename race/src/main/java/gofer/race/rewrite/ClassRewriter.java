package gofer.race.rewrite;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The rewriting of one class.
///
/// A class file lists the types on the stack and in the variables at each jump target. These stack map frames do not change, so
/// no class has to be found or loaded to compute them.
final class ClassRewriter {

    /// What a method gets.
    private enum Detail {
        ALL,
        /// No accesses, because the method would become too long.
        EDGES,
        NOTHING;

        Detail less() {
            return this == ALL ? EDGES : NOTHING;
        }
    }

    static final ClassFile FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    /// The maximum length of a rewritten method. Longer jumps would need other instructions, and these would need more frames.
    private static final int LONGEST = 32_000;

    /// The length of a method that cannot become too long.
    private static final int SHORT = 3_000;

    private final ClassModel type;
    private final ClassFiles files;
    private final Variables variables;
    private final Detector detector;
    private final BiConsumer<String, String> unrewritten; // receives methods, and the reasons
    private final String sourceFile;
    private final Map<MethodModel, Detail> details = new HashMap<>(); // of the long methods
    private int changes; // calls and members in the last result

    /// @param unrewritten receives the name of each method that gets less than all hooks, and the reason
    ClassRewriter(
            ClassModel type,
            ClassFiles files,
            Variables variables,
            Detector detector,
            BiConsumer<String, String> unrewritten) {
        this.type = type;
        this.files = files;
        this.variables = variables;
        this.detector = detector;
        this.unrewritten = unrewritten;
        sourceFile =
                type.findAttribute(Attributes.sourceFile()).map(each -> each.sourceFile().stringValue()).orElse("");
    }

    /// Returns the rewritten class, or null if it needs no change.
    byte @Nullable [] rewrite() {
        for (MethodModel method : type.methods()) {
            int length = length(method);
            if (length > LONGEST) {
                details.put(method, Detail.NOTHING);
            } else if (length > SHORT) {
                details.put(method, Detail.ALL);
            }
        }
        byte[] result = transformFitting();
        details.forEach(this::report);
        return changes == 0 ? null : result;
    }

    /// Gives long methods less until they fit.
    private byte[] transformFitting() {
        while (true) {
            try {
                byte[] result = transform();
                if (!reduce(result)) {
                    return result;
                }
            } catch (IllegalArgumentException tooLong) {
                if (!reduceAll()) {
                    throw tooLong;
                }
            }
        }
    }

    /// Reduces what methods get that are too long in `result`. Returns whether there are any.
    private boolean reduce(byte[] result) {
        if (details.isEmpty()) {
            return false;
        }
        Map<String, Integer> lengths = new HashMap<>();
        FILE.parse(result).methods().forEach(each -> lengths.put(key(each), length(each)));
        boolean isAnyTooLong = false;
        for (Map.Entry<MethodModel, Detail> each : details.entrySet()) {
            int length = lengths.getOrDefault(key(each.getKey()), 0);
            if (each.getValue() != Detail.NOTHING && length > LONGEST) {
                each.setValue(each.getValue().less());
                isAnyTooLong = true;
            }
        }
        return isAnyTooLong;
    }

    private boolean reduceAll() {
        boolean isReduced = details.containsValue(Detail.ALL) || details.containsValue(Detail.EDGES);
        details.replaceAll((_, detail) -> detail.less());
        return isReduced;
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static int length(MethodModel method) {
        return method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
    }

    private void report(MethodModel method, Detail detail) {
        if (detail != Detail.ALL) {
            String name = type.thisClass().asInternalName().replace('/', '.');
            unrewritten.accept(
                    name + "." + method.methodName().stringValue(),
                    detail == Detail.EDGES
                            ? "the method is too long for the hooks of its accesses"
                            : "the method is too long");
        }
    }

    private byte[] transform() {
        changes = 0;
        var waits = new Waits(type, detector);
        var tests = new DynamicTests(type, detector);
        var calls = new CallWriter(new WholeCalls(files), waits, tests);
        var bridges = new Bridges(type, calls);
        List<ClassFiles.Field> withEpochs = fieldsWithEpochs();
        changes += withEpochs.size();
        boolean hasInitializer = variables.hasInitializer(type.thisClass().asInternalName());
        return FILE.transformClass(
                type,
                new ClassTransform() {
                    @Override
                    public void accept(ClassBuilder builder, ClassElement element) {
                        if (element instanceof MethodModel method && isRewritten(method)) {
                            rewrite(builder, method, calls, bridges);
                        } else {
                            builder.with(element);
                        }
                    }

                    @Override
                    public void atEnd(ClassBuilder builder) {
                        bridges.addTo(builder);
                        waits.addTo(builder);
                        tests.addTo(builder);
                        addVersion(builder, hasInitializer || !withEpochs.isEmpty());
                        addAccessors(builder, withEpochs);
                        if (hasInitializer) {
                            Initializers.addTo(builder, type, detector);
                        }
                    }
                });
    }

    private boolean isRewritten(MethodModel method) {
        return method.code().isPresent()
                && details.get(method) != Detail.NOTHING
                && !method.methodName().stringValue().startsWith("$jacoco");
    }

    private void rewrite(ClassBuilder builder, MethodModel method, CallWriter calls, Bridges bridges) {
        var writer =
                new HookWriter(
                        detector,
                        type.thisClass().asInternalName().replace('/', '.'),
                        method.methodName().stringValue(),
                        sourceFile);
        boolean onlyEdges = details.get(method) == Detail.EDGES;
        builder.transformMethod(
                method,
                (methodBuilder, element) -> {
                    if (element instanceof CodeModel code) {
                        methodBuilder.transformCode(
                                code,
                                new MethodRewriter(type, method, code, variables, calls, bridges, writer, onlyEdges));
                    } else {
                        methodBuilder.with(element);
                    }
                });
        changes += writer.calls();
    }

    private List<ClassFiles.Field> fieldsWithEpochs() {
        List<ClassFiles.Field> fields = new ArrayList<>();
        Map<String, ClassFiles.Field> own = files.of(type.thisClass().asInternalName()).fields();
        for (FieldModel model : type.fields()) {
            ClassFiles.Field field = own.get(model.fieldName().stringValue() + model.fieldType().stringValue());
            if (field != null && variables.hasEpochs(field)) {
                fields.add(field);
            }
        }
        return fields;
    }

    /// Keeps the version of a serializable class that gets members.
    private void addVersion(ClassBuilder builder, boolean getsMembers) {
        if (getsMembers && SerialVersion.isComputed(type, files)) {
            int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC;
            builder.withField(
                    SerialVersion.NAME,
                    ConstantDescs.CD_long,
                    field -> field.withFlags(flags).with(ConstantValueAttribute.of(SerialVersion.of(type))));
        }
    }

    private void addAccessors(ClassBuilder builder, List<ClassFiles.Field> fields) {
        var accessors = new Accessors(type, detector);
        fields.forEach(field -> accessors.addTo(builder, field));
    }
}
