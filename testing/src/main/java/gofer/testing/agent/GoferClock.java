package gofer.testing.agent;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The generator of the class `java.lang.GoferClock`, from which rewritten classes read the time. It is in `java.lang`, where
/// every class of every module and loader can see it.
///
/// That class uses the supplier in its field [#WORLD], and the real clocks if there is no supplier or if the supplier returns a
/// negative number.
public final class GoferClock {

    /// The name of the class.
    public static final String NAME = "java.lang.GoferClock";

    /// The name of a static field, a [LongSupplier] of the nanoseconds since the world of the current thread began, at
    /// [#EPOCH_SECOND]. A negative number means real time.
    public static final String WORLD = "world";

    /// The name of a static field, a boolean: whether all classes have been rewritten.
    public static final String COMPLETE = "complete";

    /// The beginning of time in each world: 2000-01-01T00:00:00Z, as in Go.
    public static final long EPOCH_SECOND = 946_684_800;

    static final String INTERNAL_NAME = NAME.replace('.', '/');

    private static final ClassDesc SELF = ClassDesc.of(NAME);
    private static final ClassDesc SUPPLIER = LongSupplier.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc LONG = MethodTypeDesc.of(ConstantDescs.CD_long);

    /// The origin of `System.nanoTime`. Some code uses 0 for "never". Where virtual and real time are mixed, a value near the
    /// real time does less harm.
    private static final long ORIGIN = System.nanoTime();

    /// The methods. Each replaces a method with the same name and type, and converts the supplied time to its result.
    static final List<Method> METHODS =
            List.of(
                    new Method("java.lang.System", "nanoTime", LONG, code -> code.loadConstant(ORIGIN).ladd()),
                    new Method(
                            "java.lang.System",
                            "currentTimeMillis",
                            LONG,
                            code ->
                                    code.loadConstant(TimeUnit.MILLISECONDS.toNanos(1))
                                            .ldiv()
                                            .loadConstant(TimeUnit.SECONDS.toMillis(EPOCH_SECOND))
                                            .ladd()),
                    new Method( // nanoseconds since a given second
                            "jdk.internal.misc.VM",
                            "getNanoTimeAdjustment",
                            MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long),
                            code ->
                                    code.loadConstant(EPOCH_SECOND)
                                            .lload(code.parameterSlot(0))
                                            .lsub()
                                            .loadConstant(TimeUnit.SECONDS.toNanos(1))
                                            .lmul()
                                            .ladd()));

    private GoferClock() {}

    static byte[] classFile() {
        return ClassFile.of()
                .build(
                        SELF,
                        type -> {
                            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                                    .withField(WORLD, SUPPLIER, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC)
                                    .withField(
                                            COMPLETE,
                                            ConstantDescs.CD_boolean,
                                            ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC);
                            METHODS.forEach(method -> method.addTo(type));
                        });
    }

    record Method(String owner, String name, MethodTypeDesc type, Consumer<CodeBuilder> conversion) {

        boolean isNamed(String internalOwner, String name, String descriptor) {
            return this.name.equals(name)
                    && owner.replace('.', '/').equals(internalOwner)
                    && type.descriptorString().equals(descriptor);
        }

        private void addTo(ClassBuilder builder) {
            builder.withMethodBody(name, type, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, this::write);
        }

        /// `time = world != null ? world.getAsLong() : -1; return time >= 0 ? conversion(time) : owner.name(...)`.
        private void write(CodeBuilder code) {
            int time = code.allocateLocal(TypeKind.LONG);
            Label real = code.newLabel();
            code.getstatic(SELF, WORLD, SUPPLIER)
                    .ifnull(real)
                    .getstatic(SELF, WORLD, SUPPLIER)
                    .invokeinterface(SUPPLIER, "getAsLong", LONG)
                    .lstore(time)
                    .lload(time)
                    .lconst_0()
                    .lcmp()
                    .iflt(real)
                    .lload(time);
            conversion.accept(code);
            code.lreturn().labelBinding(real);
            if (type.parameterCount() > 0) {
                code.lload(code.parameterSlot(0));
            }
            code.invokestatic(ClassDesc.of(owner), name, type).lreturn();
        }
    }
}
