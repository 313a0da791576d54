package gofer.testing.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests which classes get scheduling points.
class SelectionTest {

    @Test
    void allClassesExceptToolsAreSelectedByDefault() {
        Selection selection = Selection.of("");
        assertThat(selection.selects("com/acme/Shop")).isTrue();
        assertThat(selection.selects("NoPackage")).isTrue();
        for (String tool : Selection.TOOLS) {
            assertThat(selection.selects(tool.replace('.', '/') + "X")).as(tool).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java/util/Map", "jdk/internal/X", "sun/misc/Unsafe", "com/sun/X", "gofer/chan/Chan"})
    void jdkAndGoferAreNeverSelected(String type) {
        assertThat(Selection.of("").selects(type)).isFalse();
        assertThat(Selection.of("include=**").selects(type)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "include=com.acme.**, com/acme/Shop, true",
        "include=com.acme.**, com/acme/till/Till, true",
        "include=com.acme.**, com/acmes/Shop, false",
        "include=com.acme.*, com/acme/Shop$Door, true",
        "include=com.acme.*, com/acme/till/Till, false",
        "include=com.acme.Shop, com/acme/Shop$Door, true",
        "include=com.acme.Shop, com/acme/Shops, false",
        "include=com.acme.*;org.junit.**, org/junit/Test, true",
        "exclude=com.acme.**, com/acme/Shop, false",
        "exclude=com.acme.**, org/acme/Shop, true",
        "exclude=com.acme.**, org/junit/Test, false",
        "include=**, org/junit/Test, true",
        "points=off, com/acme/Shop, false",
        "race, com/acme/Shop, true",
        "race, org/junit/Test, false",
        "scope=com.acme, com/acme/Shop, true",
        "scope=com.acme, com/acme/till/Till, true",
        "scope=com.acme, com/acmes/Shop, false",
        "scope=com.acme.Shop, com/acme/Shop$Door, true",
        "scope=com.acme;org.shop, org/shop/Till, true",
    })
    void optionsSelectClasses(String options, String type, boolean chosen) {
        assertThat(Selection.of(options).selects(type)).isEqualTo(chosen);
    }

    @Test
    void excludeWinsOverInclude() {
        Selection selection = Selection.of("include=com.acme.**,exclude=com.acme.till.**");
        assertThat(selection.selects("com/acme/Shop")).isTrue();
        assertThat(selection.selects("com/acme/till/Till")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "includ=com.acme.**, 'the agent has no option ''includ''; its options are include, exclude, points, race and"
                + " scope'",
        "points=maybe, 'points must be on or off, not ''maybe'''",
        "exclude=com/acme, 'exclude has ''com/acme'', which is not a pattern such as com.acme.**, com.acme.* or"
                + " com.acme.Shop'",
        "include=, 'include has '''', which is not a pattern such as com.acme.**, com.acme.* or com.acme.Shop'",
    })
    void invalidOptionIsReported(String options, String message) {
        assertThatThrownBy(() -> Selection.of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
