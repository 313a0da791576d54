package gofer.race.rewrite;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The edges of calls of a `VarHandle`, by its access mode.
final class HandleCalls {

    private static final String OWNER = "java/lang/invoke/VarHandle";
    private static final int HANDLE = -1; // the position of the handle, below the arguments

    /// What an access mode does.
    ///
    /// @param values the number of arguments after the coordinates
    private record Mode(int values, boolean releases, boolean acquires) {}

    private static final Map<String, Mode> MODES =
            Map.ofEntries(
                    Map.entry("getVolatile", new Mode(0, false, true)),
                    Map.entry("getAcquire", new Mode(0, false, true)),
                    Map.entry("setVolatile", new Mode(1, true, false)),
                    Map.entry("setRelease", new Mode(1, true, false)),
                    Map.entry("compareAndSet", new Mode(2, true, true)),
                    Map.entry("compareAndExchange", new Mode(2, true, true)),
                    Map.entry("compareAndExchangeAcquire", new Mode(2, false, true)),
                    Map.entry("compareAndExchangeRelease", new Mode(2, true, false)),
                    Map.entry("weakCompareAndSet", new Mode(2, true, true)),
                    Map.entry("weakCompareAndSetAcquire", new Mode(2, false, true)),
                    Map.entry("weakCompareAndSetRelease", new Mode(2, true, false)),
                    Map.entry("getAndSet", new Mode(1, true, true)),
                    Map.entry("getAndSetAcquire", new Mode(1, false, true)),
                    Map.entry("getAndSetRelease", new Mode(1, true, false)),
                    Map.entry("getAndAdd", new Mode(1, true, true)),
                    Map.entry("getAndAddAcquire", new Mode(1, false, true)),
                    Map.entry("getAndAddRelease", new Mode(1, true, false)),
                    Map.entry("getAndBitwiseOr", new Mode(1, true, true)),
                    Map.entry("getAndBitwiseOrAcquire", new Mode(1, false, true)),
                    Map.entry("getAndBitwiseOrRelease", new Mode(1, true, false)),
                    Map.entry("getAndBitwiseAnd", new Mode(1, true, true)),
                    Map.entry("getAndBitwiseAndAcquire", new Mode(1, false, true)),
                    Map.entry("getAndBitwiseAndRelease", new Mode(1, true, false)),
                    Map.entry("getAndBitwiseXor", new Mode(1, true, true)),
                    Map.entry("getAndBitwiseXorAcquire", new Mode(1, false, true)),
                    Map.entry("getAndBitwiseXorRelease", new Mode(1, true, false)));

    private HandleCalls() {}

    /// Returns whether `call` has an edge.
    static boolean apply(Call call) {
        Mode mode = call.owner().equals(OWNER) ? MODES.get(call.name()) : null;
        return mode != null && call.type().parameterCount() >= mode.values();
    }

    /// Writes the call, with its edges.
    static void write(CodeBuilder code, HookWriter writer, Call call, Runnable original) {
        Mode mode = MODES.getOrDefault(call.name(), new Mode(0, true, true));
        List<TypeKind> kinds = call.kinds();
        List<ClassDesc> coordinates =
                new ArrayList<>(call.type().parameterList().subList(0, kinds.size() - mode.values()));
        int handle = writer.local(code, TypeKind.REFERENCE, HANDLE);
        writer.store(code, kinds, 0);
        code.dup().astore(handle);
        if (mode.releases()) {
            edge(code, writer, handle, coordinates, Hook.RELEASE_HANDLE);
        }
        writer.load(code, kinds, 0);
        original.run();
        if (mode.acquires()) {
            edge(code, writer, handle, coordinates, Hook.ACQUIRE_HANDLE);
        }
    }

    private static void edge(CodeBuilder code, HookWriter writer, int handle, List<ClassDesc> coordinates, Hook hook) {
        code.aload(handle);
        if (!coordinates.isEmpty() && !coordinates.getFirst().isPrimitive()) {
            code.aload(writer.local(code, TypeKind.REFERENCE, 0));
        } else {
            code.aconst_null();
        }
        if (coordinates.size() > 1 && coordinates.get(1).descriptorString().equals("I")) {
            code.iload(writer.local(code, TypeKind.INT, 1));
        } else {
            code.loadConstant(-1);
        }
        writer.call(code, hook);
    }
}
