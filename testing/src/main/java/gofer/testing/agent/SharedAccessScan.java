package gofer.testing.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A search for an access to shared state in classes that have no scheduling points, through the code that a body calls.
///
/// It follows calls from the given methods, and the bodies of lambdas. For a call on an object it searches the method that the
/// call names, and the methods of classes whose objects are created along the way. It assumes that a method that calls
/// `Explore.point` does so before each access.
public final class SharedAccessScan {

    /// The maximum number of methods to search.
    private static final int MAX_METHODS = 5_000;

    /// Types of the JDK that are mostly implemented by lambdas, apart from those of java.util.function.
    private static final Set<String> FUNCTIONAL =
            Set.of("java/lang/Runnable", "java/util/concurrent/Callable", "java/util/concurrent/Executor");

    /// Types that are passed to methods of the JDK, which read or change them.
    private static final Set<String> CONTAINERS = Set.of("Collection", "List", "Set", "Map", "Iterator");

    private static final String EXPLORE = "gofer/testing/Explore";

    /// A method.
    ///
    /// @param owner the internal name of its class
    /// @param name its name
    /// @param type its descriptor
    public record Method(String owner, String name, String type) {}

    private final ClassLoader loader;
    private final @Nullable Selection selection;
    private final PointFinder finder;
    private final Map<String, @Nullable ClassModel> classes = new HashMap<>();
    private final Set<Method> seen = new HashSet<>();
    private final Deque<Method> pending = new ArrayDeque<>();
    private final Set<String> instantiated = new HashSet<>(); // classes with instances
    private final Set<Method> called = new HashSet<>(); // on objects
    private final Set<String> lambdas = new HashSet<>(); // methods that lambdas implement
    private @Nullable String found;
    private String unresolved = "";

    private SharedAccessScan(ClassLoader loader, @Nullable Selection selection) {
        this.loader = loader;
        this.selection = selection;
        finder = new PointFinder(new ClassFiles(this::bytes));
    }

    /// Returns the first place in the bodies that `methods` create, such as `Shop.java:12 writes Shop.total`, or null if there
    /// is none. The bodies are the lambdas of `type` that `methods` create, or the methods themselves if there are none.
    ///
    /// With a `selection`, the classes that it selects have scheduling points, and code that is not found does not count: its
    /// class may be selected. Without one, no class has scheduling points.
    public static @Nullable String first(
            List<Method> methods, String type, ClassLoader loader, @Nullable Selection selection) {
        var search = new SharedAccessScan(loader, selection);
        methods.forEach(method -> search.reachBodies(method, type));
        if (search.seen.isEmpty()) {
            methods.forEach(search::reach);
        }
        search.run();
        if (search.found == null && search.hasUnresolvedCall()) {
            methods.forEach(search::reachCreated); // the arguments of the bodies are created there
            search.run();
        }
        if (search.found == null && selection == null && search.hasUnresolvedCall()) {
            return search.unresolved + ", but its code was not found";
        }
        return search.found;
    }

    private void run() {
        while (found == null && pending.poll() instanceof Method method) {
            scan(method);
        }
    }

    private void reachBodies(Method method, String type) {
        elements(method)
                .filter(element ->
                        element instanceof InvokeDynamicInstruction dynamic
                                && dynamic.type().stringValue().endsWith(")L" + type + ";"))
                .forEach(element -> follow(element, isSelected(method.owner)));
    }

    private void reachCreated(Method method) {
        elements(method)
                .filter(element ->
                        element instanceof InvokeDynamicInstruction || element instanceof NewObjectInstruction)
                .forEach(element -> follow(element, isSelected(method.owner)));
    }

    private Stream<CodeElement> elements(Method method) {
        MethodModel model = resolve(method);
        return model == null ? Stream.of() : model.code().stream().flatMap(CodeModel::elementStream);
    }

    /// Returns whether the code of a called method was not found.
    private boolean hasUnresolvedCall() {
        for (Method method : called) {
            if (isOpaque(method)
                    && !lambdas.contains(method.owner + "." + method.name)
                    && instantiated.stream().noneMatch(type -> declares(type, method))) {
                unresolved = method.owner.replace('/', '.') + "." + method.name + " is called";
                return true;
            }
        }
        return false;
    }

    private boolean isOpaque(Method method) {
        boolean tool = isTool(method.owner);
        return tool
                ? method.owner.startsWith("java/util/function/") || FUNCTIONAL.contains(method.owner)
                : resolve(method) == null && model(method.owner) != null && isAbstract(method);
    }

    private boolean isAbstract(Method method) {
        ClassModel type = model(method.owner);
        MethodModel model = type == null ? null : find(type, method);
        return model != null && model.flags().has(AccessFlag.ABSTRACT);
    }

    private boolean declares(String type, Method method) {
        ClassModel model = model(type);
        return model != null && find(model, method) != null;
    }

    private void reach(Method method) {
        if (!isTool(method.owner) && seen.add(method)) {
            pending.add(method);
        }
        if (seen.size() > MAX_METHODS) {
            found = "more code is called than can be searched";
        }
    }

    private static boolean isTool(String type) {
        return type.startsWith("[") || Selection.isTool(type.replace('/', '.'));
    }

    private void scan(Method method) {
        MethodModel model = resolve(method);
        if (model == null) {
            if (model(method.owner) == null && selection == null) {
                found =
                        method.owner.replace('/', '.')
                                + "."
                                + method.name
                                + " is called, but its class file was not found";
            }
            return; // abstract, or inherited from the JDK
        }
        ClassModel type = model.parent().orElseThrow();
        CodeModel code = model.code().orElse(null);
        if (code == null) {
            return;
        }
        boolean hasPoint =
                isSelected(type.thisClass().asInternalName())
                        || code.elementStream().anyMatch(SharedAccessScan::isPoint);
        UnsharedArrays arrays = UnsharedArrays.of(type, code);
        Set<Integer> unshared = new HashSet<>(arrays.elements());
        if (model.methodName().equalsString("<init>")) {
            unshared.addAll(Construction.unshared(type, code));
        }
        boolean initializes = model.methodName().equalsString("<clinit>");
        int line = 0;
        int index = 0;
        for (CodeElement element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            boolean needsNone = unshared.contains(index) || hasPoint || initializes;
            Point point = needsNone ? null : finder.of(element, arrays.filled().contains(index));
            index++;
            if (point != null && isReported(element, point)) {
                found = location(type, line) + " " + describe(element, point.what());
                return;
            }
            follow(element, isSelected(type.thisClass().asInternalName()));
        }
    }

    private boolean isSelected(String type) {
        return selection != null && selection.selects(type);
    }

    /// Returns whether shared state is likely there. Converting an object to text is not worth a note.
    private static boolean isReported(CodeElement element, Point point) {
        return isCertain(point)
                || element instanceof InvokeInstruction call
                        && point.arguments().stream()
                                .anyMatch(index -> isContainer(call.typeSymbol().parameterType(index)))
                        && point.what().indexOf(Arguments.ELEMENTS) < 0;
    }

    private static boolean isCertain(Point point) {
        return !point.what().equals(Point.PAUSE)
                && !point.what().equals(GoferPoints.JOINS)
                && (point.passesObject() || point.objectCount() == 0)
                && !point.what().startsWith("CALL " + Arguments.CHECKED);
    }

    private static boolean isContainer(ClassDesc type) {
        return type.isArray() || CONTAINERS.contains(type.displayName());
    }

    private static boolean isPoint(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals(EXPLORE)
                && call.name().equalsString("point");
    }

    private void follow(CodeElement element, boolean hasPoints) {
        switch (element) {
            case NewObjectInstruction object -> instantiate(object.className().asInternalName());
            case InvokeInstruction call -> {
                var method =
                        new Method(call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue());
                reach(method);
                if (call.opcode() == Opcode.INVOKEVIRTUAL || call.opcode() == Opcode.INVOKEINTERFACE) {
                    call(method);
                }
            }
            case InvokeDynamicInstruction dynamic -> {
                String type = dynamic.typeSymbol().returnType().descriptorString();
                lambdas.add(type.substring(1, Math.max(1, type.length() - 1)) + "." + dynamic.name());
                dynamic.bootstrapArgs().stream()
                        .filter(DirectMethodHandleDesc.class::isInstance)
                        .forEach(handle -> followHandle((DirectMethodHandleDesc) handle, hasPoints));
            }
            default -> {}
        }
    }

    private void followHandle(DirectMethodHandleDesc handle, boolean hasPoints) {
        String owner = handle.owner().descriptorString();
        if (!owner.startsWith("L")) {
            return;
        }
        String type = owner.substring(1, owner.length() - 1);
        var method = new Method(type, handle.methodName(), handle.lookupDescriptor());
        if (!hasPoints && finder.of(handle) instanceof Point point && isCertain(point)) {
            found = "a reference calls " + type.replace('/', '.') + "." + handle.methodName();
        }
        if (handle.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
            instantiate(type);
        }
        reach(method);
        call(method);
    }

    /// Records that the class has instances. Earlier calls may be on them.
    private void instantiate(String type) {
        if (!isTool(type) && instantiated.add(type)) {
            called.forEach(method -> reachOverride(type, method));
            reach(new Method(type, "<clinit>", "()V"));
        }
    }

    private void call(Method method) {
        if (called.add(method)) {
            instantiated.forEach(type -> reachOverride(type, method));
        }
    }

    private void reachOverride(String type, Method method) {
        ClassModel model = model(type);
        if (model != null && find(model, method) != null) {
            reach(new Method(type, method.name, method.type));
        } // otherwise it is inherited, and the call names the type
    }

    /// Finds the method in its class, in a superclass, or in an interface.
    private @Nullable MethodModel resolve(Method method) {
        Deque<String> types = new ArrayDeque<>(List.of(method.owner));
        while (types.poll() instanceof String name) {
            ClassModel type = isTool(name) ? null : model(name);
            if (type != null) {
                MethodModel here = find(type, method);
                if (here != null && !here.flags().has(AccessFlag.ABSTRACT)) {
                    return here;
                }
                type.superclass().ifPresent(parent -> types.addFirst(parent.asInternalName()));
                type.interfaces().forEach(parent -> types.add(parent.asInternalName()));
            }
        }
        return null;
    }

    private static @Nullable MethodModel find(ClassModel type, Method method) {
        return type.methods().stream()
                .filter(model ->
                        model.methodName().equalsString(method.name) && model.methodType().equalsString(method.type))
                .findFirst()
                .orElse(null);
    }

    private @Nullable ClassModel model(String type) {
        if (!classes.containsKey(type)) {
            byte[] file = bytes(type);
            classes.put(type, file == null ? null : ClassFile.of().parse(file));
        }
        return classes.get(type);
    }

    private byte @Nullable [] bytes(String type) {
        try (InputStream file = loader.getResourceAsStream(type + ".class")) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static String location(ClassModel type, int line) {
        String name = type.thisClass().asInternalName();
        String outermost = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\$.*", "");
        return outermost + ".java:" + line;
    }

    private static String describe(CodeElement element, String what) {
        int space = what.indexOf(' ');
        String name = what.substring(space + 1);
        return switch (element) {
            case FieldInstruction field ->
                    (what.startsWith("READ") ? "reads " : "writes ")
                            + simple(field.owner().asInternalName())
                            + "."
                            + name;
            case InvokeInstruction call when space > 0 -> "calls " + simple(call.owner().asInternalName()) + "." + name;
            case InvokeInstruction call -> "calls " + call.name().stringValue();
            default ->
                    switch (what) {
                        case "READ element" -> "reads an element of an array";
                        case "WRITE element" -> "writes an element of an array";
                        case "ENTER" -> "enters a monitor";
                        default -> "exits a monitor";
                    };
        };
    }

    private static String simple(String type) {
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
    }
}
