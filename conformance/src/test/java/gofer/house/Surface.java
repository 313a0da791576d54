package gofer.house;

import static java.util.stream.Collectors.joining;

import gofer.runtime.annotation.CanIgnoreReturnValue;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The visible API of a set of types, one line for each symbol: `owner: declaration`, with simple names for types. Callers must
/// use all results, except those that are marked.
final class Surface {
    private static final int SHOWN = Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

    private Surface() {}

    static List<String> of(Collection<Class<?>> types) {
        var lines = new TreeSet<String>();
        for (Class<?> type : types) {
            String owner = type.getCanonicalName();
            lines.add(owner + ": " + type(type, types));
            for (Field field : type.getDeclaredFields()) {
                if (isVisible(field.getModifiers(), field.isSynthetic())) {
                    lines.add(owner + ": " + field(field));
                }
            }
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (isVisible(constructor.getModifiers(), constructor.isSynthetic())) {
                    lines.add(owner + ": " + modifiers(constructor.getModifiers()) + "new" + parameters(constructor));
                }
            }
            for (Method method : type.getDeclaredMethods()) {
                if (isVisible(method) && !isOfEveryType(method)) {
                    lines.add(owner + ": " + method(method));
                }
            }
        }
        return List.copyOf(lines);
    }

    private static boolean isOfEveryType(Method method) {
        boolean ofEnum = method.getDeclaringClass().isEnum() && Set.of("values", "valueOf").contains(method.getName());
        return ofEnum || Set.of("equals", "hashCode", "toString").contains(method.getName());
    }

    /// Returns whether the type and all its enclosing types are public or protected.
    static boolean isVisible(Class<?> type) {
        return isVisible(type.getModifiers(), type.isSynthetic())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    /// Returns whether code outside of the package can call the method. A final class has no subclass that could call its protected
    /// methods.
    private static boolean isVisible(Method method) {
        boolean extensible = !Modifier.isFinal(method.getDeclaringClass().getModifiers());
        return isVisible(method.getModifiers(), method.isSynthetic())
                && (extensible || Modifier.isPublic(method.getModifiers()));
    }

    private static boolean isVisible(int modifiers, boolean synthetic) {
        return !synthetic && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    private static String type(Class<?> type, Collection<Class<?>> shown) {
        String kind =
                type.isAnnotation()
                        ? "@interface"
                        : type.isInterface()
                                ? "interface"
                                : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
        int implied =
                type.isInterface()
                        ? Modifier.ABSTRACT | Modifier.STATIC
                        : type.isRecord() || type.isEnum() ? Modifier.FINAL | Modifier.STATIC : 0;
        AnnotatedType parent = type.getAnnotatedSuperclass();
        boolean plain = parent == null || parent.getType() == Object.class || type.isRecord() || type.isEnum();
        var permitted = type.isSealed() ? List.of(type.getPermittedSubclasses()) : List.<Class<?>>of();
        String cases = permitted.stream().filter(shown::contains).map(Class::getSimpleName).collect(joining(", "));
        return modifiers(type.getModifiers() & ~implied)
                + (type.isSealed() ? "sealed " : "")
                + kind
                + " "
                + type.getSimpleName()
                + variables(type.getTypeParameters())
                + (plain ? "" : " extends " + text(parent))
                + list(type.isInterface() ? " extends " : " implements ", type.getAnnotatedInterfaces())
                + (cases.isEmpty() ? "" : " permits " + cases);
    }

    private static String field(Field field) {
        return modifiers(field.getModifiers()) + text(field.getAnnotatedType()) + " " + field.getName();
    }

    private static String method(Method method) {
        int implied = method.getDeclaringClass().isInterface() ? Modifier.ABSTRACT : 0;
        String variables = variables(method.getTypeParameters());
        return modifiers(method.getModifiers() & ~implied)
                + (method.isDefault() ? "default " : "")
                + variables
                + (variables.isEmpty() ? "" : " ")
                + text(method.getAnnotatedReturnType())
                + " "
                + method.getName()
                + parameters(method)
                + (method.isAnnotationPresent(CanIgnoreReturnValue.class) ? " @CanIgnoreReturnValue" : "");
    }

    private static String parameters(Executable executable) {
        AnnotatedType[] types = executable.getAnnotatedParameterTypes();
        String all = Stream.of(types).map(Surface::text).collect(joining(", ", "(", ")"));
        if (executable.isVarArgs()) all = all.replaceFirst("\\[\\]\\)$", "...)");
        return all + list(" throws ", executable.getAnnotatedExceptionTypes());
    }

    private static String variables(TypeVariable<?>[] variables) {
        if (variables.length == 0) return "";
        return Stream.of(variables).map(Surface::variable).collect(joining(", ", "<", ">"));
    }

    private static String variable(TypeVariable<?> variable) {
        String bounds = Stream.of(variable.getAnnotatedBounds()).map(Surface::text).collect(joining(" & "));
        return variable.getName() + (bounds.equals("Object") ? "" : " extends " + bounds);
    }

    private static String list(String before, AnnotatedType[] types) {
        return types.length == 0 ? "" : Stream.of(types).map(Surface::text).collect(joining(", ", before, ""));
    }

    /// Returns a type as in source code that imports everything: `@Nullable Throwable`, `Map<K, List<V>>`.
    private static String text(AnnotatedType type) {
        return type.toString().replaceAll("([a-z]\\w*\\.)+(?=[A-Z@])", "").replace("()", "").replace('$', '.');
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & SHOWN);
        return text.isEmpty() ? "" : text + " ";
    }
}
