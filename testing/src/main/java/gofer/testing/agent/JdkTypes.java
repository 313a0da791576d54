package gofer.testing.agent;

import java.util.List;
import java.util.Set;

/// The types of the JDK by internal name, and whether their objects may be shared.
///
/// An object that is immutable or belongs to one thread is harmless. So is an object that prints, because the order of lines is
/// not state.
public final class JdkTypes {

    /// Whether the objects of a type may be shared.
    enum Sharing {
        NONE,
        /// Only the objects of some subclasses. Each object has to be checked.
        CHECKED,
        SHARED
    }

    private static final List<String> PACKAGES =
            List.of("java/", "javax/", "jdk/", "sun/", "com/sun/", "org/w3c/dom/", "org/xml/sax/");

    private static final List<String> HARMLESS_PACKAGES =
            List.of(
                    "java/lang/",
                    "java/math/",
                    "java/nio/file/attribute/",
                    "java/security/spec/",
                    "java/time/",
                    "java/util/function/",
                    "jdk/internal/misc/",
                    "jdk/jfr/",
                    "sun/misc/");

    /// Types with harmless objects. Includes the types that are nested in them.
    private static final Set<String> HARMLESS =
            Set.of(
                    "java/io/Console",
                    "java/io/FileFilter",
                    "java/io/FilenameFilter",
                    "java/io/PrintStream",
                    "java/io/Serializable",
                    "java/net/Inet4Address",
                    "java/net/Inet6Address",
                    "java/net/InetAddress",
                    "java/net/InetSocketAddress",
                    "java/net/ProtocolFamily",
                    "java/net/SocketAddress",
                    "java/net/SocketOption",
                    "java/net/URI",
                    "java/net/URL",
                    "java/net/http/HttpClient",
                    "java/net/http/HttpHeaders",
                    "java/net/http/HttpRequest",
                    "java/net/http/HttpResponse",
                    "java/nio/ByteOrder",
                    "java/nio/charset/Charset",
                    "java/nio/charset/CoderResult",
                    "java/nio/charset/CodingErrorAction",
                    "java/nio/file/CopyOption",
                    "java/nio/file/FileSystem",
                    "java/nio/file/LinkOption",
                    "java/nio/file/OpenOption",
                    "java/nio/file/Path",
                    "java/nio/file/StandardCopyOption",
                    "java/nio/file/StandardOpenOption",
                    "java/security/Key",
                    "java/security/KeyPair",
                    "java/security/Permission",
                    "java/security/Principal",
                    "java/security/PrivateKey",
                    "java/security/PublicKey",
                    "java/util/Base64",
                    "java/util/Comparator",
                    "java/util/Currency",
                    "java/util/EventListener",
                    "java/util/HexFormat",
                    "java/util/Locale",
                    "java/util/Objects",
                    "java/util/Optional",
                    "java/util/OptionalDouble",
                    "java/util/OptionalInt",
                    "java/util/OptionalLong",
                    "java/util/RandomAccess",
                    "java/util/UUID",
                    "java/util/concurrent/ThreadLocalRandom",
                    "java/util/concurrent/TimeUnit",
                    "java/util/regex/MatchResult",
                    "java/util/regex/Pattern");

    /// Types with shared objects in packages whose other types are harmless.
    private static final Set<String> SHARED =
            Set.of(
                    "java/lang/AbstractStringBuilder",
                    "java/lang/Process",
                    "java/lang/ProcessBuilder",
                    "java/lang/StringBuffer",
                    "java/lang/StringBuilder",
                    "java/lang/foreign/MemorySegment",
                    "java/lang/invoke/VarHandle",
                    "java/lang/ref/PhantomReference",
                    "java/lang/ref/Reference",
                    "java/lang/ref/ReferenceQueue",
                    "java/lang/ref/SoftReference",
                    "java/lang/ref/WeakReference");

    private static final Set<String> CHECKED =
            Set.of(
                    "java/io/Closeable",
                    "java/io/Flushable",
                    "java/lang/Appendable",
                    "java/lang/AutoCloseable",
                    "java/lang/CharSequence",
                    "java/lang/Comparable",
                    "java/lang/Iterable",
                    "java/lang/Object",
                    "java/lang/Readable",
                    "java/lang/Runnable",
                    "java/util/concurrent/Callable");

    private JdkTypes() {}

    /// Returns whether `type` belongs to the JDK.
    public static boolean contains(String type) {
        return isInAny(PACKAGES, type);
    }

    /// Returns whether objects of `type`, a type of the JDK, may be shared.
    public static boolean isShared(String type) {
        return sharing(type) == Sharing.SHARED;
    }

    static Sharing sharing(String type) {
        if (CHECKED.contains(type)) {
            return Sharing.CHECKED;
        }
        int nested = type.indexOf('$');
        String outermost = nested < 0 ? type : type.substring(0, nested);
        boolean harmless =
                isInAny(HARMLESS_PACKAGES, type) && !SHARED.contains(type)
                        || HARMLESS.contains(outermost)
                        || type.endsWith("Exception")
                        || type.endsWith("Error");
        return harmless ? Sharing.NONE : Sharing.SHARED;
    }

    private static boolean isInAny(List<String> packages, String type) {
        return packages.stream().anyMatch(type::startsWith);
    }
}
