package gofer.testing.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The generator of the class `java.lang.GoferPoints`. Rewritten classes call it at scheduling points, before they access shared
/// state. It is in `java.lang`, where every class of every module and loader can see it.
///
/// Its methods are `before(object, what)`, `read(array, index)` and `write(array, index)`. `what` is the name of a `SyncPoint`,
/// followed by the name of a field or method, such as `WRITE total`. The methods call a handler, which is in a field of the
/// class. They do nothing as long as there is no handler, or if the object is null. For an element of an array, the handler gets
/// a number as `what`: twice the index, plus one for a write.
///
/// A call may touch several objects in one step: its receiver and its arguments. Then `before` takes all of them and passes them
/// to the handler as an array, and `what` has a name for each: `CALL addAll ?toArray`; see [Arguments].
public final class GoferPoints {

    /// The name of the class.
    public static final String NAME = "java.lang.GoferPoints";

    /// The value of `what` at the beginning of a class initializer, in which a thread cannot be preempted.
    public static final String INITIALIZER_STARTS = "initializes";

    /// The value of `what` at the end of a class initializer.
    public static final String INITIALIZER_ENDS = "initialized";

    /// The value of `what` in place of `Thread.yield`.
    public static final String YIELD = "yield";

    /// The value of `what` in place of `Thread.onSpinWait`.
    public static final String SPIN = "onSpinWait";

    /// The value of `what` when a thread returns from `Object.wait`.
    public static final String WAIT_ENDS = "waited";

    /// The value of `what` for a platform thread that is about to be started.
    public static final String THREAD_STARTS = "starts";

    /// The value of `what` for a thread that the current thread is about to join.
    public static final String JOINS = "joins";

    /// The value of `what` when the process is about to exit. The object is the name of the method.
    public static final String PROCESS_EXITS = "exits";

    /// The beginning of `what` before a call that is known to [ArrayRanges]. Its key follows. The object is the array of
    /// values.
    public static final String RANGES = "ranges ";

    /// The value of `what` when that call has returned normally. The object is the same array.
    public static final String RANGES_END = "ranged";

    /// The beginning of `what` when a call that may run code of the program has returned normally. The name of the method
    /// follows.
    public static final String CALL_ENDS = "called ";

    static final ClassDesc SELF = ClassDesc.of(NAME);

    static final MethodTypeDesc BEFORE =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_String);

    /// The maximum number of objects that `before` takes as separate parameters. More are passed in an array.
    static final int MAX_PARAMETERS = 3;

    static final MethodTypeDesc ELEMENT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_int);

    private static final ClassDesc CONSUMER = BiConsumer.class.describeConstable().orElseThrow();
    private static final ClassDesc THREAD = Thread.class.describeConstable().orElseThrow();
    private static final ClassDesc QUEUE = Queue.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc ACCEPT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final MethodTypeDesc VALUE_OF = MethodTypeDesc.of(ConstantDescs.CD_Long, ConstantDescs.CD_long);

    private static final String HANDLER = "handler"; // a BiConsumer that gets each call
    private static final String UNREWRITTEN =
            "unrewritten"; // a Queue of texts: classes and methods without scheduling points; null if no class gets any
    private static final String OPTIONS = "options"; // a String, of the agent

    private GoferPoints() {}

    static byte[] classFile() {
        int shared = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;
        return ClassFile.of()
                .build(
                        SELF,
                        type -> {
                            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                                    .withField(HANDLER, CONSUMER, shared | ClassFile.ACC_VOLATILE)
                                    .withField(UNREWRITTEN, QUEUE, shared | ClassFile.ACC_VOLATILE)
                                    .withField(OPTIONS, ConstantDescs.CD_String, shared | ClassFile.ACC_VOLATILE)
                                    .withMethodBody(
                                            "before", BEFORE, shared, code -> write(code, GoferPoints::loadText));
                            for (int objects = 2; objects <= MAX_PARAMETERS + 1; objects++) {
                                beforeSeveral(type, objects);
                            }
                            element(type, "read", 0);
                            element(type, "write", 1);
                            await(type, List.of());
                            await(type, List.of(ConstantDescs.CD_long));
                            await(type, List.of(ConstantDescs.CD_long, ConstantDescs.CD_int));
                            pause(type, YIELD);
                            pause(type, SPIN);
                        });
    }

    /// Returns the descriptor of the overload of `before` that takes `objects` objects.
    static MethodTypeDesc before(int objects) {
        List<ClassDesc> parameters =
                objects > MAX_PARAMETERS
                        ? List.of(ConstantDescs.CD_Object.arrayType())
                        : Collections.nCopies(objects, ConstantDescs.CD_Object);
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters)
                .insertParameterTypes(parameters.size(), ConstantDescs.CD_String);
    }

    /// `if (handler != null) handler.accept(new Object[] {...}, what)`.
    private static void beforeSeveral(ClassBuilder type, int objects) {
        int text = before(objects).parameterCount() - 1;
        type.withMethodBody(
                "before",
                before(objects),
                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                code -> {
                    Label none = code.newLabel();
                    code.getstatic(SELF, HANDLER, CONSUMER).ifnull(none).getstatic(SELF, HANDLER, CONSUMER);
                    if (objects > MAX_PARAMETERS) {
                        code.aload(0);
                    } else {
                        code.loadConstant(objects).anewarray(ConstantDescs.CD_Object);
                        for (int i = 0; i < objects; i++) {
                            code.dup().loadConstant(i).aload(i).aastore();
                        }
                    }
                    code.aload(text).invokeinterface(CONSUMER, "accept", ACCEPT).labelBinding(none).return_();
                });
    }

    private static void element(ClassBuilder type, String name, int writes) {
        type.withMethodBody(
                name,
                ELEMENT,
                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                code ->
                        write(
                                code,
                                to ->
                                        to.iload(1)
                                                .i2l()
                                                .loadConstant(2L)
                                                .lmul()
                                                .loadConstant((long) writes)
                                                .ladd()
                                                .invokestatic(ConstantDescs.CD_Long, "valueOf", VALUE_OF)));
    }

    /// `before(object, "WAIT"); try { object.wait(...); } finally { before(object, WAIT_ENDS); }`.
    private static void await(ClassBuilder type, List<ClassDesc> times) {
        MethodTypeDesc wait = MethodTypeDesc.of(ConstantDescs.CD_void, times);
        type.withMethodBody(
                "await",
                wait.insertParameterTypes(0, ConstantDescs.CD_Object),
                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                code -> {
                    PointWriter.emit(code.aload(0), "WAIT");
                    code.trying(
                            body -> {
                                body.aload(0);
                                for (int i = 0; i < times.size(); i++) {
                                    body.loadLocal(TypeKind.from(times.get(i)), body.parameterSlot(i + 1));
                                }
                                body.invokevirtual(ConstantDescs.CD_Object, "wait", wait);
                            },
                            handlers ->
                                    handlers.catchingAll(thrown -> {
                                        PointWriter.emit(thrown.aload(0), WAIT_ENDS);
                                        thrown.athrow();
                                    }));
                    PointWriter.emit(code.aload(0), WAIT_ENDS);
                    code.return_();
                });
    }

    /// `if (handler != null) handler.accept(WHAT, WHAT); else Thread.WHAT()`.
    private static void pause(ClassBuilder type, String name) {
        type.withMethodBody(
                name,
                ConstantDescs.MTD_void,
                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                code -> {
                    Label none = code.newLabel();
                    code.getstatic(SELF, HANDLER, CONSUMER)
                            .ifnull(none)
                            .getstatic(SELF, HANDLER, CONSUMER)
                            .loadConstant(name)
                            .loadConstant(name)
                            .invokeinterface(CONSUMER, "accept", ACCEPT)
                            .return_()
                            .labelBinding(none)
                            .invokestatic(THREAD, name, ConstantDescs.MTD_void)
                            .return_();
                });
    }

    private static void loadText(CodeBuilder code) {
        code.aload(1);
    }

    /// `if (handler != null && object != null) handler.accept(object, WHAT)`.
    private static void write(CodeBuilder code, Consumer<CodeBuilder> what) {
        Label none = code.newLabel();
        code.getstatic(SELF, HANDLER, CONSUMER).ifnull(none).aload(0).ifnull(none);
        code.getstatic(SELF, HANDLER, CONSUMER).aload(0);
        what.accept(code);
        code.invokeinterface(CONSUMER, "accept", ACCEPT).labelBinding(none).return_();
    }

    /// Records that the classes that `options` select get scheduling points from now on.
    static void enable(String options) throws ReflectiveOperationException {
        field(OPTIONS).set(null, options);
        field(UNREWRITTEN).set(null, new ConcurrentLinkedQueue<String>());
    }

    /// Records that `what` has no scheduling points.
    static void addUnrewritten(String what) {
        if (unrewritten() instanceof Queue<String> unrewritten && !unrewritten.contains(what)) {
            unrewritten.add(what);
        }
    }

    /// Adds `handler` to the handlers. Returns false if no classes are rewritten.
    @SuppressWarnings("unchecked") // the field is declared by classFile()
    public static synchronized boolean install(BiConsumer<Object, Object> handler) {
        try {
            Field field = field(HANDLER);
            var others = (@Nullable BiConsumer<Object, Object>) field.get(null);
            field.set(null, others == null ? handler : others.andThen(handler));
            return unrewritten() != null;
        } catch (ReflectiveOperationException noAgent) {
            return false;
        }
    }

    /// Returns the classes and methods of the program that should have scheduling points but do not, each with the reason.
    public static List<String> missing() {
        return unrewritten() instanceof Queue<String> unrewritten ? List.copyOf(unrewritten) : List.of();
    }

    /// Returns which classes get scheduling points; null if none do.
    public static @Nullable Selection selection() {
        try {
            return field(OPTIONS).get(null) instanceof String options ? Selection.of(options) : null;
        } catch (ReflectiveOperationException noAgent) {
            return null;
        }
    }

    @SuppressWarnings("unchecked") // the field is declared by classFile()
    private static @Nullable Queue<String> unrewritten() {
        try {
            return (@Nullable Queue<String>) field(UNREWRITTEN).get(null);
        } catch (ReflectiveOperationException noAgent) {
            return null;
        }
    }

    private static Field field(String name) throws ReflectiveOperationException {
        return Class.forName(NAME, false, null).getField(name);
    }
}
