package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import gofer.race.runtime.ElementHooks;
import gofer.race.runtime.Hooks;
import gofer.race.runtime.WholeHooks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HookTest {

    @ParameterizedTest
    @EnumSource
    void eachHookIsAMethodOfTheDetector(Hook hook) {
        var type = MethodType.fromMethodDescriptorString(hook.type().descriptorString(), null);
        assertThatCode(() -> MethodHandles.publicLookup().findStatic(RecordedHooks.class, hook.method(), type))
                .doesNotThrowAnyException();
        assertThat(List.of(Hooks.class, ElementHooks.class, WholeHooks.class))
                .anyMatch(hooks -> has(hooks, hook.method(), type));
    }

    private static boolean has(Class<?> hooks, String name, MethodType type) {
        try {
            MethodHandles.publicLookup().findStatic(hooks, name, type);
            return true;
        } catch (ReflectiveOperationException missing) {
            return false;
        }
    }
}
