package gofer.race.edges;

import gofer.race.runtime.Shadowed;
import gofer.race.runtime.Started;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Interfaces;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The rewriting of one class of Gofer.
final class GoferRewriting {

    private static final ClassFile FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    private static final String GOFER = "gofer/";
    private static final List<String> EXCLUDED = List.of(Transforms.DETECTOR, "gofer/testing/");
    private static final String HAPPENS_BEFORE = "gofer/runtime/park/HappensBefore";
    private static final String SHORT_LOCK = "gofer/runtime/base/ShortLock"; // the superclass of channels and locks
    private static final String GOROUTINE = "gofer/runtime/goroutine/G";

    /// The packages with objects that order threads.
    private static final Set<String> SHADOWED =
            Set.of(
                    "gofer/context",
                    "gofer/group",
                    "gofer/runtime/chan",
                    "gofer/runtime/goroutine",
                    "gofer/runtime/lock",
                    "gofer/runtime/park",
                    "gofer/sync");

    private static final String CONCURRENT = "java/util/concurrent/";

    /// Interfaces and classes whose methods may run code of the program.
    private static final Set<String> OF_PROGRAM =
            Set.of("Callable", "CompletableFuture", "CompletionStage", "Executor", "Future");

    /// The methods of threads that Gofer calls for itself.
    private static final Set<String> THREAD_METHODS =
            Set.of("start", "getState", "isAlive", "setUncaughtExceptionHandler");

    private static final ClassDesc ORIGIN = ClassDesc.of("gofer.runtime.goroutine.Origin");
    private static final ClassDesc STACK_TRACE_ELEMENT = ClassDesc.of("java.lang.StackTraceElement");
    private static final String STARTER = "gofer$starter";
    private static final int PUBLIC_SYNTHETIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_SYNTHETIC;

    private GoferRewriting() {}

    static boolean appliesTo(String name) {
        return name.startsWith(GOFER) && EXCLUDED.stream().noneMatch(name::startsWith);
    }

    static byte[] rewritten(String name, byte[] file) {
        ClassModel type = FILE.parse(file);
        ClassTransform transform =
                Transforms.bodies(
                        _ -> List.of(new QuietCalls(GoferRewriting::isQuiet)),
                        method -> name.equals(GOROUTINE) ? start(method) : MethodHooks.NONE);
        if (name.equals(HAPPENS_BEFORE)) {
            transform = ClassTransform.transformingMethods(GoferRewriting::isForwarded, GoferRewriting::forward);
        }
        if (isShadowed(type)) {
            transform = transform.andThen(Superclass.change(desc(Shadowed.class)));
        }
        if (name.equals(GOROUTINE)) {
            transform = transform.andThen(started(type));
        }
        return FILE.transformClass(type, transform);
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private static boolean isQuiet(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        return owner.equals("java/lang/Thread") && THREAD_METHODS.contains(call.name().stringValue())
                || owner.startsWith(CONCURRENT)
                        && !owner.endsWith("/LockSupport")
                        && !OF_PROGRAM.contains(owner.substring(CONCURRENT.length()));
    }

    /// Returns the edge from the creation of a goroutine to its start, and its starter: a carrier may start the thread.
    private static MethodHooks start(MethodModel method) {
        return switch (method.methodName().stringValue()) {
            case "<init>" ->
                    MethodHooks.exit(body -> {
                        HookCalls.part(body.code().aload(0), 0, "release");
                        writeStarter(body.code(), ClassDesc.ofInternalName(GOROUTINE));
                    });
            case "run" -> MethodHooks.entry(body -> HookCalls.part(body.code().aload(0), 0, "acquire"));
            default -> MethodHooks.NONE;
        };
    }

    private static boolean isForwarded(MethodModel method) {
        return switch (method.methodName().stringValue()) {
            case "release", "acquire" -> method.methodType().equalsString("(Ljava/lang/Object;I)V");
            case "pass" -> method.methodType().equalsString("(Ljava/lang/Object;Ljava/lang/Object;I)V");
            case "isRecorded", "listen" -> true;
            default -> false;
        };
    }

    /// Replaces the body of a method of `HappensBefore` by a call of the hook with the same name. Its parts are long numbers.
    private static void forward(MethodBuilder builder, MethodElement element) {
        if (!(element instanceof CodeModel original)) {
            builder.with(element);
            return;
        }
        MethodModel method = original.parent().orElseThrow();
        builder.withCode(code -> {
            switch (method.methodName().stringValue()) {
                case "isRecorded" -> code.iconst_1().ireturn();
                case "listen" ->
                        code.aload(0).invokestatic(Trampoline.SELF, "listen", method.methodTypeSymbol()).return_();
                default -> forwardEdge(code, method);
            }
        });
    }

    private static void forwardEdge(CodeBuilder code, MethodModel method) {
        int part = method.methodTypeSymbol().parameterCount() - 1;
        List<ClassDesc> types = new ArrayList<>();
        for (int i = 0; i < part; i++) {
            code.aload(i);
            types.add(ConstantDescs.CD_Object);
        }
        types.add(ConstantDescs.CD_long);
        code.iload(part)
                .i2l()
                .invokestatic(
                        Trampoline.SELF,
                        method.methodName().stringValue(),
                        MethodTypeDesc.of(ConstantDescs.CD_void, types))
                .return_();
    }

    private static boolean isShadowed(ClassModel type) {
        String name = type.thisClass().asInternalName();
        int other = ClassFile.ACC_INTERFACE | ClassFile.ACC_ENUM;
        return (SHADOWED.contains(name.substring(0, name.lastIndexOf('/'))) || name.equals(SHORT_LOCK))
                && (type.flags().flagsMask() & other) == 0
                && type.superclass().filter(parent -> parent.asInternalName().equals("java/lang/Object")).isPresent();
    }

    /// Adds the interface [Started], with its methods.
    private static ClassTransform started(ClassModel type) {
        List<ClassDesc> interfaces = new ArrayList<>(type.interfaces().stream().map(ClassEntry::asSymbol).toList());
        interfaces.add(desc(Started.class));
        return ClassTransform.dropping(element -> element instanceof Interfaces)
                .andThen(
                        ClassTransform.endHandler(builder -> {
                            builder.withInterfaceSymbols(interfaces);
                            addStart(builder, type.thisClass().asSymbol());
                        }));
    }

    private static void addStart(ClassBuilder builder, ClassDesc type) {
        MethodTypeDesc text = MethodTypeDesc.of(ConstantDescs.CD_String);
        builder.withField(STARTER, ConstantDescs.CD_String, ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC)
                .withMethodBody(
                        "gofer$description",
                        text,
                        PUBLIC_SYNTHETIC,
                        code -> code.aload(0).invokevirtual(type, "toString", text).areturn())
                .withMethodBody(
                        "gofer$site",
                        MethodTypeDesc.of(STACK_TRACE_ELEMENT),
                        PUBLIC_SYNTHETIC,
                        code ->
                                origin(code, type)
                                        .invokevirtual(ORIGIN, "site", MethodTypeDesc.of(STACK_TRACE_ELEMENT))
                                        .areturn())
                .withMethodBody("gofer$creator", text, PUBLIC_SYNTHETIC, code -> writeCreator(code, type));
    }

    private static CodeBuilder origin(CodeBuilder code, ClassDesc type) {
        return code.aload(0).invokevirtual(type, "origin", MethodTypeDesc.of(ORIGIN));
    }

    /// `gofer$starter = GoferNames.starter();`.
    private static void writeStarter(CodeBuilder code, ClassDesc type) {
        code.aload(0)
                .invokestatic(desc(GoferNames.class), "starter", MethodTypeDesc.of(ConstantDescs.CD_String))
                .putfield(type, STARTER, ConstantDescs.CD_String);
    }

    /// `return GoferNames.creator(origin().creator(), gofer$starter);`. It is a call because the builder must not make a stack
    /// map frame.
    private static void writeCreator(CodeBuilder code, ClassDesc type) {
        origin(code, type)
                .invokevirtual(ORIGIN, "creator", MethodTypeDesc.of(ConstantDescs.CD_long))
                .aload(0)
                .getfield(type, STARTER, ConstantDescs.CD_String)
                .invokestatic(
                        desc(GoferNames.class),
                        "creator",
                        MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_long, ConstantDescs.CD_String))
                .areturn();
    }
}
