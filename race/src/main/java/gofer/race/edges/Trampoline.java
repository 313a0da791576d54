package gofer.race.edges;

import gofer.race.runtime.ElementHooks;
import gofer.race.runtime.Hooks;
import gofer.race.runtime.WholeHooks;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/// The generator of the class `java.lang.GoferRace`, which every class of every module and loader can see. For each method of
/// [Hooks], [ElementHooks] and [WholeHooks], it has a method that forwards to it.
public final class Trampoline {

    /// The name of the class.
    public static final String NAME = "java.lang.GoferRace";

    static final ClassDesc SELF = ClassDesc.of(NAME);

    private static final int PUBLIC_STATIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;

    /// Makes the JVM inline the methods.
    private static final RuntimeVisibleAnnotationsAttribute INLINED =
            RuntimeVisibleAnnotationsAttribute.of(
                    Annotation.of(ClassDesc.of("jdk.internal.vm.annotation.ForceInline")));

    private Trampoline() {}

    /// Returns the class file.
    public static byte[] classFile() {
        return forwarding(SELF, Hooks.class, ElementHooks.class, WholeHooks.class);
    }

    /// Returns a class with the public static methods of `targets`, to which they forward.
    static byte[] forwarding(ClassDesc name, Class<?>... targets) {
        return ClassFile.of()
                .build(
                        name,
                        type -> {
                            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                            for (Class<?> target : targets) {
                                forward(type, target);
                            }
                        });
    }

    private static void forward(ClassBuilder builder, Class<?> target) {
        for (Method hook : target.getDeclaredMethods()) {
            if ((hook.getModifiers() & (Modifier.PUBLIC | Modifier.STATIC)) == PUBLIC_STATIC) {
                forward(builder, target.describeConstable().orElseThrow(), hook.getName(), typeOf(hook));
            }
        }
    }

    private static MethodTypeDesc typeOf(Method hook) {
        ClassDesc[] parameters = new ClassDesc[hook.getParameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = hook.getParameterTypes()[i].describeConstable().orElseThrow();
        }
        return MethodTypeDesc.of(hook.getReturnType().describeConstable().orElseThrow(), parameters);
    }

    private static void forward(ClassBuilder builder, ClassDesc target, String name, MethodTypeDesc type) {
        builder.withMethod(
                name,
                type,
                PUBLIC_STATIC,
                method ->
                        method.with(INLINED)
                                .withCode(code -> {
                                    for (int i = 0; i < type.parameterCount(); i++) {
                                        code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
                                    }
                                    code.invokestatic(target, name, type).return_(TypeKind.from(type.returnType()));
                                }));
    }
}
