package gofer.cli;

import gofer.goroutine.Body;
import gofer.vet.Vet;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The main class of a source file, loaded from memory.
///
/// @param file the source file, as it was entered
/// @param compilation the compiled classes
/// @param type the first class of the file
record LoadedProgram(Path file, Compilation compilation, Class<?> type) {
    static LoadedProgram compile(Path file) {
        return compile(file, Vet.none());
    }

    /// Compiles and loads a file, and checks it.
    static LoadedProgram compile(Path file, Vet vet) {
        return load(file, Compilation.of(file, vet));
    }

    /// Returns the same program with scheduling points for explorations.
    LoadedProgram withPoints() {
        return load(file, compilation.withPoints());
    }

    private static LoadedProgram load(Path file, Compilation compilation) {
        var loader = new MemoryLoader(compilation.classes(), compilation.root());
        try {
            return new LoadedProgram(file, compilation, loader.loadClass(compilation.mainClass()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("compiled, but not found", e);
        }
    }

    /// Returns whether a run may leave state for the next one.
    boolean keepsState() {
        return StaticState.isIn(compilation.classes().values());
    }

    /// Returns the same program in the state before its first run.
    LoadedProgram reloaded() {
        return load(file, compilation);
    }

    /// Returns the body of the main goroutine. It calls `main` by the rules of JEP 512: with or without arguments, static or on an
    /// instance.
    Body body(String[] args) {
        Method main = findMain(String[].class);
        boolean hasNoArguments = main == null;
        if (hasNoArguments) main = findMain();
        if (main == null) throw new BadSourceException("gofer: " + file + " has no main method to run\n");
        MethodHandle mainHandle = mainHandle(main);
        MethodHandle constructor = Modifier.isStatic(main.getModifiers()) ? null : constructor();
        // The goroutine creates the instance, so that an exception of the constructor is a panic of that goroutine.
        return () -> {
            MethodHandle bound = constructor == null ? mainHandle : mainHandle.bindTo((Object) constructor.invoke());
            if (hasNoArguments) bound.invoke();
            else bound.invoke(args.clone());
        };
    }

    private @Nullable Method findMain(Class<?>... parameters) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            try {
                Method method = c.getDeclaredMethod("main", parameters);
                if (isMain(method)) return method;
            } catch (NoSuchMethodException e) {
                // The superclass may have it.
            }
        }
        try {
            Method inherited = type.getMethod("main", parameters); // a default method of an interface
            return isMain(inherited) ? inherited : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static boolean isMain(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && method.getReturnType() == void.class;
    }

    private MethodHandle constructor() {
        try {
            var constructor = type.getDeclaredConstructor();
            if (!Modifier.isPrivate(constructor.getModifiers()) && !Modifier.isAbstract(type.getModifiers())) {
                return MethodHandles.lookup().unreflectConstructor(open(constructor));
            }
        } catch (NoSuchMethodException | IllegalAccessException e) {
            // Reported below.
        }
        throw new BadSourceException(
                "gofer: main of " + type.getName() + " is not static, and its class has no constructor to call\n");
    }

    private static MethodHandle mainHandle(Method method) {
        try {
            return MethodHandles.lookup().unreflect(open(method));
        } catch (IllegalAccessException e) {
            throw new AssertionError("opened, but not accessible", e);
        }
    }

    /// The user's classes are in an unnamed module, which is open to all modules.
    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }
}
