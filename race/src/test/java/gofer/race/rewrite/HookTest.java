package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThatCode;

import gofer.race.runtime.Hooks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HookTest {

    @ParameterizedTest
    @EnumSource
    void eachHookIsAMethodOfTheDetector(Hook hook) {
        var type = MethodType.fromMethodDescriptorString(hook.type().descriptorString(), null);
        assertThatCode(() -> MethodHandles.publicLookup().findStatic(RecordedHooks.class, hook.method(), type))
                .doesNotThrowAnyException();
        assertThatCode(() -> MethodHandles.publicLookup().findStatic(Hooks.class, hook.method(), type))
                .doesNotThrowAnyException();
    }
}
