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

/// A rewriter that adds scheduling points to a program before accesses to objects outside of Gofer that may be shared; see
/// [PointFinder].
///
/// Before each such instruction it inserts a call of [GoferPoints] with the object and the name of the field or method.
///
/// A class file lists the types on the stack and in the variables at each jump target. These stack map frames do not change, so
/// no class has to be found or loaded to compute them.
public final class Points {

    /// The maximum length of a rewritten method. Longer jumps would need other instructions, and these would need more frames.
    private static final int LONGEST = 32_000;

    private static final ClassFile FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    private final ClassFiles files;
    private final PointFinder finder;

    private final Consumer<String> unrewritten; // receives classes and methods without scheduling points

    private Points(ClassFiles files, Consumer<String> unrewritten) {
        this.files = files;
        finder = new PointFinder(files);
        this.unrewritten = unrewritten;
    }

    /// Returns whether the agent runs.
    public static boolean isAgentRunning() {
        try {
            Class.forName(GoferPoints.NAME, false, null);
            return true;
        } catch (ClassNotFoundException noAgent) {
            return false;
        }
    }

    /// Returns the classes of a program, by binary name, with scheduling points. Throws [IllegalStateException] if the agent does
    /// not run, because then the JVM lacks the class that they call.
    public static Map<String, byte[]> addTo(Map<String, byte[]> classes) {
        if (!isAgentRunning()) {
            throw new IllegalStateException("the JVM must be started with -javaagent:gofer-testing.jar");
        }
        var points =
                new Points(new ClassFiles(name -> classes.get(name.replace('/', '.'))), GoferPoints::addUnrewritten);
        var changed = new HashMap<String, byte[]>();
        classes.forEach((name, file) -> {
            byte[] rewritten = points.rewrite(file, false);
            changed.put(name, rewritten == null ? file : rewritten);
        });
        return changed;
    }

    /// Returns a rewriter for classes that `loader` loads. It passes methods that get no scheduling points to `unrewritten`, with the
    /// reason.
    static Points of(ClassLoader loader, Consumer<String> unrewritten) {
        return new Points(new ClassFiles(resources(new WeakReference<>(loader))), unrewritten);
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
    byte @Nullable [] rewrite(byte[] classFile, boolean loaded) {
        ClassModel type = FILE.parse(classFile);
        if (type.isModuleInfo()) {
            return null;
        }
        files.add(type);
        var bridges = new Bridges(type, finder, loaded);
        Set<MethodModel> toRewrite = new HashSet<>();
        for (MethodModel method : type.methods()) {
            if (method.code().isPresent() && needsPoints(type, method, bridges)) {
                toRewrite.add(method);
            }
        }
        if (toRewrite.isEmpty()) {
            return null;
        }
        return FILE.transformClass(
                type,
                new ClassTransform() {
                    @Override
                    public void accept(ClassBuilder builder, ClassElement element) {
                        if (element instanceof MethodModel method && toRewrite.contains(method)) {
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

    private boolean needsPoints(ClassModel type, MethodModel method, Bridges bridges) {
        CodeModel code = method.code().orElseThrow();
        if (method.methodName().equalsString("$jacocoInit")) {
            return false;
        }
        boolean initializer = method.methodName().equalsString("<clinit>");
        boolean needed = SynchronizedMethods.isSynchronized(method);
        int growth = 0;
        for (CodeElement element : code) {
            Point point = initializer ? null : finder.of(element, false);
            needed |=
                    point != null
                            || initializer && element instanceof InvokeInstruction
                            || !initializer
                                    && element instanceof InvokeDynamicInstruction dynamic
                                    && bridges.isNeeded(dynamic);
            growth += point == null ? 0 : MethodPoints.length(element, point);
            growth += element instanceof ReturnInstruction ? PointWriter.SHORT : 0;
        }
        if (needed && isTooLong(method, growth)) {
            unrewritten.accept(
                    type.thisClass().asInternalName().replace('/', '.')
                            + "."
                            + method.methodName()
                            + ", which is too long");
            return false;
        }
        return needed;
    }

    /// Returns whether `method` may become too long if it grows by `growth` bytes.
    static boolean isTooLong(MethodModel method, int growth) {
        int length = method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
        return length + growth > LONGEST;
    }

    private MethodTransform transform(ClassModel type, MethodModel method, Bridges bridges, boolean loaded) {
        boolean asBlock = !loaded && SynchronizedMethods.canBeBlock(type, method);
        return (builder, element) -> {
            switch (element) {
                case AccessFlags flags when asBlock ->
                        builder.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
                case CodeModel code ->
                        builder.transformCode(
                                code,
                                method.methodName().equalsString("<clinit>")
                                        ? new Initializers(type, code)
                                        : new MethodPoints(type, method, code, finder, bridges, asBlock));
                default -> builder.with(element);
            }
        };
    }
}
