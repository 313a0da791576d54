package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldsTest {

    @Test
    void anAccessOfAFieldIsRecordedAtItsLine() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            int total;
                            static int run() {
                                var main = new Main();
                                main.total = 3;
                                return main.total;
                            }
                        }
                        """);
        assertThat(program.run()).containsExactly("writeField Main.total @5", "readField Main.total @6");
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, true",
        "byte, 1",
        "char, 'c'",
        "short, 2",
        "int, 3",
        "long, 4L",
        "float, 5f",
        "double, 6.0",
        "String, \"s\"",
        "'int[]', new int[2].clone()"
    })
    void eachTypeOfFieldHasAccessors(String type, String value) {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            TYPE one;
                            static TYPE two;
                            static Object run() {
                                var main = new Main();
                                main.one = VALUE;
                                two = main.one;
                                return (Object) two != null;
                            }
                        }
                        """
                                .replace("TYPE", type)
                                .replace("VALUE", value.equals("c") ? "'c'" : value));
        assertThat(program.run())
                .filteredOn(call -> !call.contains("Elements"))
                .containsExactly(
                        "writeField Main.one @6",
                        "readField Main.one @7",
                        "writeField Main.two static(Main) @7",
                        "readField Main.two static(Main) @8");
    }
}
