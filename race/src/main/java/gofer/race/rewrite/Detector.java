package gofer.race.rewrite;

import gofer.race.runtime.Fields;
import gofer.race.runtime.Initializers;
import gofer.race.runtime.Sites;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/// The detector, as rewritten code refers to it: by a class with the hooks, and by numbers of fields and places.
final class Detector {

    /// See [Fields#add].
    @FunctionalInterface
    interface FieldNumbers {
        int add(String type, String name, boolean isStatic, boolean hasEpochs);
    }

    /// See [Sites#add].
    @FunctionalInterface
    interface SiteNumbers {
        int add(String type, String method, String file, int line);
    }

    private final ClassDesc hooks;
    private final FieldNumbers fields;
    private final SiteNumbers sites;
    private final IntSupplier initializers;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>(); // of fields, by class and name

    /// @param initializers returns a new number of a class
    Detector(ClassDesc hooks, FieldNumbers fields, SiteNumbers sites, IntSupplier initializers) {
        this.hooks = hooks;
        this.fields = fields;
        this.sites = sites;
        this.initializers = initializers;
    }

    /// Returns the detector of this JVM.
    static Detector ofJvm() {
        return new Detector(ClassDesc.of("java.lang.GoferRace"), Fields::add, Sites::add, Initializers::number);
    }

    /// Returns the internal name of the class with the hooks.
    String hooksName() {
        String descriptor = hooks.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    /// Writes a call of `hook`, whose arguments are on the stack.
    CodeBuilder call(CodeBuilder code, Hook hook) {
        return code.invokestatic(hooks, hook.method(), hook.type());
    }

    /// Returns the number of a field. It is the same for all classes that access the field.
    int field(ClassFiles.Field field, boolean hasEpochs) {
        String key = field.owner() + " " + field.name() + (field.isStatic() ? " static" : "");
        return numbers.computeIfAbsent(
                key, _ -> fields.add(field.owner().replace('/', '.'), field.name(), field.isStatic(), hasEpochs));
    }

    /// Returns a new number for a class with an initializer.
    int initializer() {
        return initializers.getAsInt();
    }

    /// Returns the number of a place.
    int site(String type, String method, String file, int line) {
        return sites.add(type, method, file, line);
    }
}
