package gofer.race.rewrite;

import java.lang.constant.MethodTypeDesc;

/// The hooks that rewritten classes call: methods of [gofer.race.runtime.Hooks], [gofer.race.runtime.ElementHooks] and
/// [gofer.race.runtime.WholeHooks].
@SuppressWarnings("ImmutableEnumChecker") // a MethodTypeDesc is immutable
enum Hook {
    STRAND("strand", "()Ljava/lang/Object;"),
    EPOCH("epoch", "(Ljava/lang/Object;)J"),
    READ_FIELD("readField", "(Ljava/lang/Object;II)V"),
    WRITE_FIELD("writeField", "(Ljava/lang/Object;II)V"),
    READ_ELEMENT("readElement", "(Ljava/lang/Object;II)V"),
    WRITE_ELEMENT("writeElement", "(Ljava/lang/Object;II)V"),
    READ_ELEMENT_IN_LOOP("readElement", "(Ljava/lang/Object;ILjava/lang/Object;I)Ljava/lang/Object;"),
    WRITE_ELEMENT_IN_LOOP("writeElement", "(Ljava/lang/Object;ILjava/lang/Object;I)Ljava/lang/Object;"),
    READ_ELEMENTS("readElements", "(Ljava/lang/Object;III)V"),
    WRITE_ELEMENTS("writeElements", "(Ljava/lang/Object;III)V"),
    READ_WHOLE("readWhole", "(Ljava/lang/Object;I)V"),
    WRITE_WHOLE("writeWhole", "(Ljava/lang/Object;I)V"),
    READ_VALUE("readValue", "(Ljava/lang/Object;I)V"),
    USE_ITEM("useItem", "(Ljava/lang/Object;IZI)V"),
    BEGIN("begin", "(Ljava/lang/Object;I)I"),
    END("end", "(Ljava/lang/Object;II)V"),
    ACQUIRE("acquire", "(Ljava/lang/Object;J)V"),
    RELEASE("release", "(Ljava/lang/Object;J)V"),
    ACQUIRE_FIELD("acquireField", "(Ljava/lang/Object;I)V"),
    RELEASE_FIELD("releaseField", "(Ljava/lang/Object;I)V"),
    ACQUIRE_IF_VOLATILE("acquireIfVolatile", "(Ljava/lang/Object;I)V"),
    RELEASE_IF_VOLATILE("releaseIfVolatile", "(Ljava/lang/Object;I)V"),
    ACQUIRE_HANDLE("acquireHandle", "(Ljava/lang/Object;Ljava/lang/Object;I)V"),
    RELEASE_HANDLE("releaseHandle", "(Ljava/lang/Object;Ljava/lang/Object;I)V"),
    ENTER_INITIALIZER("enterInitializer", "()V"),
    EXIT_INITIALIZER("exitInitializer", "(Ljava/lang/Class;)Z"),
    INITIALIZED("initialized", "(Ljava/lang/Class;I)V"),
    CLONED("cloned", "(Ljava/lang/Object;)V"),
    MARK("mark", "()I"),
    CHECK("check", "(I)V");

    private final String method;
    private final MethodTypeDesc type;

    Hook(String method, String descriptor) {
        this.method = method;
        type = MethodTypeDesc.ofDescriptor(descriptor);
    }

    String method() {
        return method;
    }

    MethodTypeDesc type() {
        return type;
    }
}
