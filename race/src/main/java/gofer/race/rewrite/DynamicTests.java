package gofer.race.rewrite;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The dynamic tests of JUnit. Each gets a body that calls its own, and fails if there is a race meanwhile.
final class DynamicTests {

    /// The types of bodies.
    @SuppressWarnings("ImmutableEnumChecker") // a MethodTypeDesc is immutable
    private enum Body {
        EXECUTABLE("Executable", "execute", ConstantDescs.MTD_void),
        THROWING_CONSUMER(
                "ThrowingConsumer", "accept", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));

        final ClassDesc type;
        final String method;
        final MethodTypeDesc signature;

        Body(String type, String method, MethodTypeDesc signature) {
            this.type = ClassDesc.of("org.junit.jupiter.api.function", type);
            this.method = method;
            this.signature = signature;
        }

        /// Returns the type of the generated method, which has the original body as its first parameter.
        MethodTypeDesc checked() {
            return signature.insertParameterTypes(0, type);
        }
    }

    private static final String OWNER = "org/junit/jupiter/api/DynamicTest";
    private static final String NAME = "gofer$dynamicTest";

    private static final DirectMethodHandleDesc METAFACTORY =
            ConstantDescs.ofCallsiteBootstrap(
                    ClassDesc.of("java.lang.invoke.LambdaMetafactory"),
                    "metafactory",
                    ConstantDescs.CD_CallSite,
                    ConstantDescs.CD_MethodType,
                    ConstantDescs.CD_MethodHandle,
                    ConstantDescs.CD_MethodType);

    private final ClassModel type;
    private final Detector detector;
    private final Set<Body> needed = EnumSet.noneOf(Body.class);

    DynamicTests(ClassModel type, Detector detector) {
        this.type = type;
        this.detector = detector;
    }

    /// Returns whether the last argument of `call` is the body of a test, or of several.
    static boolean apply(Call call) {
        return call.isStatic() && call.owner().equals(OWNER) && body(call) != null;
    }

    private static @Nullable Body body(Call call) {
        for (Body body : Body.values()) {
            int last = call.type().parameterCount() - 1;
            if (last >= 0 && call.type().parameterType(last).equals(body.type)) {
                return body;
            }
        }
        return null;
    }

    /// Replaces the body, which is on top of the stack.
    void write(CodeBuilder code, HookWriter writer, Call call) {
        Body body = body(call);
        if (body == null || type.majorVersion() < ClassFile.JAVA_8_VERSION) {
            return;
        }
        needed.add(body);
        boolean isInterface = type.flags().has(AccessFlag.INTERFACE);
        var checked =
                MethodHandleDesc.ofMethod(
                        isInterface ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC : DirectMethodHandleDesc.Kind.STATIC,
                        type.thisClass().asSymbol(),
                        NAME,
                        body.checked());
        code.invokedynamic(
                DynamicCallSiteDesc.of(
                        METAFACTORY,
                        body.method,
                        MethodTypeDesc.of(body.type, body.type),
                        body.signature,
                        checked,
                        body.signature));
        writer.countCall();
    }

    void addTo(ClassBuilder builder) {
        for (Body body : needed) {
            builder.withMethodBody(
                    NAME,
                    body.checked(),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> write(code, body));
        }
    }

    private void write(CodeBuilder code, Body body) {
        int mark = code.allocateLocal(TypeKind.INT);
        detector.call(code, Hook.MARK).istore(mark).aload(0);
        for (int i = 0; i < body.signature.parameterCount(); i++) {
            code.aload(i + 1);
        }
        code.invokeinterface(body.type, body.method, body.signature);
        detector.call(code.iload(mark), Hook.CHECK).return_();
    }
}
