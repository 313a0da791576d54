package gofer.testing.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rewriter that adds scheduling points to a program where it accesses objects that are not Gofer's but may be shared; see
/// [SharedAccesses].
///
/// Each such instruction is preceded by a call of [GoferPoints] with the object and the name of what is accessed.
///
/// A class file lists the types on the stack and in the variables at each jump target. These stack map frames stay as they are,
/// so that no class has to be found or loaded to compute them.
public final class Points {

    /// The maximum length of a rewritten method. Longer jumps would need other instructions, and these would need more frames.
    private static final int LONGEST = 32_000;

    private static final ClassFile FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    private final ClassFiles files;
    private final SharedAccesses guard;

    private final Consumer<String> left; // receives classes and methods without scheduling points

    private Points(ClassFiles files, Consumer<String> left) {
        this.files = files;
        guard = new SharedAccesses(files);
        this.left = left;
    }

    /// Returns whether the agent runs.
    public static boolean arePossible() {
        try {
            Class.forName(GoferPoints.NAME, false, null);
            return true;
        } catch (ClassNotFoundException noAgent) {
            return false;
        }
    }

    /// Returns the classes of a program, by binary name, with scheduling points. Throws [IllegalStateException] if the agent
    /// does not run, since the JVM then lacks the class that they call.
    public static Map<String, byte[]> in(Map<String, byte[]> classes) {
        if (!arePossible()) {
            throw new IllegalStateException("the JVM must be started with -javaagent:gofer-testing.jar");
        }
        var points = new Points(new ClassFiles(name -> classes.get(name.replace('/', '.'))), GoferPoints::leave);
        var changed = new HashMap<String, byte[]>();
        classes.forEach((name, file) -> {
            byte[] with = points.in(file, false);
            changed.put(name, with == null ? file : with);
        });
        return changed;
    }

    /// Returns a rewriter for classes that `loader` loads. It passes methods that get no scheduling points to `left`, with the
    /// reason.
    static Points of(ClassLoader loader, Consumer<String> left) {
        return new Points(new ClassFiles(resources(new WeakReference<>(loader))), left);
    }

    private static Function<String, byte @Nullable []> resources(WeakReference<ClassLoader> reference) {
        return name -> {
            ClassLoader loader = reference.get();
            try (InputStream file = loader == null ? null : loader.getResourceAsStream(name + ".class")) {
                return file == null ? null : file.readAllBytes();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
    }

    /// Returns the class with scheduling points, or null if it needs none. A class that is already `loaded` cannot get other
    /// methods or flags.
    byte @Nullable [] in(byte[] classFile, boolean loaded) {
        ClassModel type = FILE.parse(classFile);
        if (type.isModuleInfo()) {
            return null;
        }
        files.add(type);
        var bridges = new Bridges(type, guard, loaded);
        Set<MethodModel> touched = new HashSet<>();
        for (MethodModel method : type.methods()) {
            if (method.code().isPresent() && isTouched(type, method, bridges)) {
                touched.add(method);
            }
        }
        if (touched.isEmpty()) {
            return null;
        }
        return FILE.transformClass(
                type,
                new ClassTransform() {
                    @Override
                    public void accept(ClassBuilder builder, ClassElement element) {
                        if (element instanceof MethodModel method && touched.contains(method)) {
                            builder.transformMethod(method, transform(type, method, bridges, loaded));
                        } else {
                            builder.with(element);
                        }
                    }

                    @Override
                    public void atEnd(ClassBuilder builder) {
                        bridges.addTo(builder);
                    }
                });
    }

    private boolean isTouched(ClassModel type, MethodModel method, Bridges bridges) {
        CodeModel code = method.code().orElseThrow();
        if (method.methodName().equalsString("$jacocoInit")) {
            return false;
        }
        boolean initializer = method.methodName().equalsString("<clinit>");
        boolean touched = SynchronizedMethods.isOne(method);
        int longer = 0;
        for (CodeElement element : code) {
            Point point = initializer ? null : guard.of(element, false);
            touched |=
                    point != null
                            || initializer && element instanceof InvokeInstruction
                            || !initializer
                                    && element instanceof InvokeDynamicInstruction made
                                    && bridges.isNeeded(made);
            longer += point == null ? 0 : MethodPoints.length(element, point);
            longer += element instanceof ReturnInstruction ? PointWriter.SHORT : 0;
        }
        if (touched && isTooLong(method, longer)) {
            left.accept(
                    type.thisClass().asInternalName().replace('/', '.')
                            + "."
                            + method.methodName()
                            + ", which is too long");
            return false;
        }
        return touched;
    }

    /// Returns whether `method` may become too long if it grows by `longer` bytes.
    static boolean isTooLong(MethodModel method, int longer) {
        int length = method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
        return length + longer > LONGEST;
    }

    private MethodTransform transform(ClassModel type, MethodModel method, Bridges bridges, boolean loaded) {
        boolean lock = !loaded && SynchronizedMethods.canBeBlock(type, method);
        return (builder, element) -> {
            switch (element) {
                case AccessFlags flags when lock -> builder.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
                case CodeModel code ->
                        builder.transformCode(
                                code,
                                method.methodName().equalsString("<clinit>")
                                        ? new Initializers(type, code)
                                        : new MethodPoints(type, method, code, guard, bridges, lock));
                default -> builder.with(element);
            }
        };
    }
}
