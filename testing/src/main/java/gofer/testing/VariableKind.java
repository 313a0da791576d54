package gofer.testing;

import gofer.runtime.base.SyncPoint;
import gofer.testing.agent.Arguments;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.Vector;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an access means to the search for data races.
enum VariableKind {
    /// Of a field, an element, a collection or a text builder: accesses may be in a race.
    PLAIN,
    /// Of a volatile field, or of one that is not certain.
    VOLATILE,
    /// A call that only reads an atomic variable.
    READ_ATOMIC,
    /// A call of an object that may order goroutines.
    SYNCHRONIZER,
    /// A call of an object that may order goroutines, and may be a view of another one.
    VIEW,
    /// A call of an object that starts threads which other points do not show, or waits for them.
    UNSUPPORTED,
    /// Orders nothing, and is not checked.
    NONE;

    /// The methods of collections and text builders that change them. `set` of a list is not one, because goroutines may set
    /// different elements.
    private static final Set<String> CHANGING =
            Set.of(
                    "add",
                    "addAll",
                    "addFirst",
                    "addLast",
                    "and",
                    "andNot",
                    "append",
                    "appendCodePoint",
                    "clear",
                    "compute",
                    "computeIfAbsent",
                    "computeIfPresent",
                    "delete",
                    "deleteCharAt",
                    "flip",
                    "insert",
                    "merge",
                    "offer",
                    "offerFirst",
                    "offerLast",
                    "or",
                    "poll",
                    "pollFirst",
                    "pollFirstEntry",
                    "pollLast",
                    "pollLastEntry",
                    "pop",
                    "push",
                    "put",
                    "putAll",
                    "putIfAbsent",
                    "remove",
                    "removeAll",
                    "removeFirst",
                    "removeFirstOccurrence",
                    "removeIf",
                    "removeLast",
                    "removeLastOccurrence",
                    "replace",
                    "replaceAll",
                    "retainAll",
                    "reverse",
                    "setCharAt",
                    "setLength",
                    "sort",
                    "xor");

    /// What the JDK does with all elements of an argument, if the name says so.
    private static final Set<String> READ_AS_ARGUMENT = Set.of(Arguments.COPY, Arguments.TO_STRING);

    private static final Set<Class<?>> UNSUPPORTED_TYPES =
            Set.of(
                    CompletionService.class,
                    Executor.class,
                    Flow.Publisher.class,
                    Future.class,
                    Timer.class,
                    TimerTask.class);

    /// The prefix of the names of structured task scopes, which are a preview in some versions of the JDK.
    private static final String TASK_SCOPE = "java.util.concurrent.StructuredTaskScope";

    private static final Set<Class<?>> SYNCHRONIZED_TYPES =
            Set.of(Hashtable.class, Random.class, StringBuffer.class, VarHandle.class, Vector.class);

    /// The object of all static fields whose declaring class is not certain.
    private static final Object UNCERTAIN = new Object();

    private static final ClassValue<VariableKind> CALLS =
            new ClassValue<>() {
                @Override
                protected VariableKind computeValue(Class<?> type) {
                    return ofType(type);
                }
            };

    /// For each class, its fields by name; empty for a name that several fields of the class and its superclasses have.
    private static final ClassValue<Map<String, Optional<Field>>> FIELDS =
            new ClassValue<>() {
                @Override
                protected Map<String, Optional<Field>> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    /// For each class, true after its initializer has run.
    private static final ClassValue<Boolean> INITIALIZED =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    try {
                        Class.forName(type.getName(), true, type.getClassLoader());
                    } catch (ClassNotFoundException hidden) {
                        // The access itself runs the initializer.
                    }
                    return true;
                }
            };

    /// For each class, the names of the fields that an object has.
    private static final ClassValue<Set<String>> FIELD_NAMES =
            new ClassValue<>() {
                @Override
                protected Set<String> computeValue(Class<?> type) {
                    Set<String> names = new HashSet<>();
                    try {
                        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                            Arrays.stream(each.getDeclaredFields())
                                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                                    .filter(field -> !Modifier.isFinal(field.getModifiers()))
                                    .forEach(field -> names.add(field.getName()));
                        }
                    } catch (LinkageError incomplete) { // a class that a field refers to is missing
                        names.clear();
                    }
                    return names;
                }
            };

    static VariableKind of(Access access) {
        return switch (access.operation()) {
            case READ, WRITE -> access.member() instanceof Integer ? PLAIN : ofField(access);
            case CALL -> ofCall(access);
            default -> SYNCHRONIZER;
        };
    }

    /// Returns whether a [#PLAIN] access changes the variable.
    static boolean isWrite(Access access) {
        return access.operation() == SyncPoint.WRITE
                || access.operation() == SyncPoint.CALL
                        && CHANGING.contains((String) access.member())
                        && !isWithoutEffect((String) access.member(), access.shared());
    }

    /// Returns whether the method of `object` changes nothing because there is nothing to remove, or only the value of a key.
    private static boolean isWithoutEffect(String method, Object object) {
        return switch (object) {
            case Map<?, ?> map -> method.equals("replace") || isRemoval(method) && map.isEmpty();
            case Collection<?> collection -> isRemoval(method) && collection.isEmpty();
            default -> false;
        };
    }

    private static boolean isRemoval(String method) {
        return method.startsWith("poll") || method.startsWith("remove") || method.equals("retainAll");
    }

    /// Returns the object that has the variable of a [#PLAIN] or [#VOLATILE] access. For a static field it is the class that
    /// declares it.
    static Object object(Access access) {
        Field field = field(access);
        if (field == null) {
            return access.isStatic() ? UNCERTAIN : access.shared();
        }
        return Modifier.isStatic(field.getModifiers()) ? field.getDeclaringClass() : access.shared();
    }

    /// Runs the initializer of the class that declares a static field, as the access would. So the access comes after it.
    static void initialize(Access access) {
        if (access.isStatic() && object(access) instanceof Class<?> type) {
            var _ = INITIALIZED.get(type);
        }
    }

    /// Returns the variable of a [#PLAIN] access among those of the same object.
    static Object member(Access access) {
        return access.operation() == SyncPoint.CALL ? "" : access.member();
    }

    /// Returns the name of the variable, for example `Shop.total` or `element 7 of int[12]`.
    static String name(Access access) {
        Object shared = access.shared();
        Field field = field(access);
        if (field != null) {
            return typeName(field.getDeclaringClass()) + "." + field.getName();
        }
        if (access.member() instanceof Integer && shared.getClass().isArray()) {
            return "element "
                    + access.member()
                    + " of "
                    + typeName(shared.getClass().getComponentType())
                    + "["
                    + Array.getLength(shared)
                    + "]";
        }
        return typeName(shared.getClass());
    }

    private static String typeName(Class<?> type) {
        String name = type.getTypeName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private static VariableKind ofField(Access access) {
        Field field = field(access);
        boolean isPlain = field != null && !Modifier.isVolatile(field.getModifiers());
        return isPlain ? PLAIN : VOLATILE;
    }

    /// Returns null if the access is not to a field, or if it is not certain to which one.
    private static @Nullable Field field(Access access) {
        if (access.operation() == SyncPoint.CALL
                || !(access.member() instanceof String name)
                || access.shared() instanceof String) {
            return null;
        }
        Class<?> type = access.shared() instanceof Class<?> owner ? owner : access.shared().getClass();
        return FIELDS.get(type).computeIfAbsent(name, _ -> find(type, name)).orElse(null);
    }

    /// Returns a read of each [#PLAIN] field of `object`.
    static List<Access> fields(Object object) {
        return FIELD_NAMES.get(object.getClass()).stream()
                .map(name -> new Access(SyncPoint.READ, object, name))
                .filter(access -> of(access) == PLAIN)
                .toList();
    }

    private static Optional<Field> find(Class<?> type, String name) {
        Field found = null;
        try {
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        if (found != null) {
                            return Optional.empty();
                        }
                        found = field;
                    }
                }
            }
        } catch (LinkageError incomplete) { // a class that a field refers to is missing
            return Optional.empty();
        }
        return Optional.ofNullable(found);
    }

    /// Returns what a call of `object` means. If it changes nothing, it may mean less.
    static VariableKind ofObject(Object object) {
        return CALLS.get(object.getClass());
    }

    private static VariableKind ofCall(Access access) {
        VariableKind kind = CALLS.get(access.shared().getClass());
        return switch (kind) {
            case PLAIN -> access.isCertain() || READ_AS_ARGUMENT.contains((String) access.member()) ? PLAIN : NONE;
            case READ_ATOMIC -> access.onlyReads() ? READ_ATOMIC : SYNCHRONIZER;
            default -> kind;
        };
    }

    private static VariableKind ofType(Class<?> type) {
        if (isAny(UNSUPPORTED_TYPES, type) || type.getName().startsWith(TASK_SCOPE)) {
            return UNSUPPORTED;
        }
        if (isAny(SYNCHRONIZED_TYPES, type)) {
            return SYNCHRONIZER;
        }
        boolean nested = JdkKind.typeOfJdk(type) instanceof Class<?> known && known.getNestHost() != known;
        return switch (JdkKind.of(type)) {
            case NONE, ARRAY, ITERATOR, IMMUTABLE -> NONE;
            case ATOMIC -> READ_ATOMIC;
            case STANDALONE -> SYNCHRONIZER;
            case TEXT -> PLAIN;
            case PLAIN, SOURCE ->
                    isConcurrent(type) ? nested ? VIEW : SYNCHRONIZER : nested || overridesMethods(type) ? NONE : PLAIN;
            case VIEW -> VIEW;
        };
    }

    /// Returns whether `type` is a class of the program that may change what inherited methods do: they may call overridden ones
    /// that lock.
    private static boolean overridesMethods(Class<?> type) {
        Class<?> ofJdk = JdkKind.typeOfJdk(type);
        if (ofJdk == null || ofJdk == type) {
            return false;
        }
        try {
            Set<String> inherited = Arrays.stream(ofJdk.getMethods()).map(Method::getName).collect(Collectors.toSet());
            for (Class<?> each = type; each != null && each != ofJdk; each = each.getSuperclass()) {
                if (Arrays.stream(each.getDeclaredMethods()).anyMatch(method -> inherited.contains(method.getName()))) {
                    return true;
                }
            }
        } catch (LinkageError incomplete) { // a class that a method refers to is missing
            return true;
        }
        return false;
    }

    private static boolean isAny(Set<Class<?>> types, Class<?> type) {
        return types.stream().anyMatch(each -> each.isAssignableFrom(type));
    }

    private static boolean isConcurrent(Class<?> type) {
        return JdkKind.typeOfJdk(type) instanceof Class<?> known
                && known.getPackageName().startsWith("java.util.concurrent");
    }
}
