package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArraysTest {

    @ParameterizedTest
    @CsvSource({
        "boolean, true",
        "byte, (byte) 1",
        "char, (char) 2",
        "short, (short) 2",
        "int, 3",
        "long, 4L",
        "float, 5f",
        "double, 6.0",
        "String, null"
    })
    void eachTypeOfElementIsRecorded(String type, String value) {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            static final TYPE[] ALL = new TYPE[3];
                            static Object run() {
                                ALL[1] = VALUE;
                                ALL[2] = ALL[1];
                                return ALL[2];
                            }
                        }
                        """
                                .replace("TYPE", type)
                                .replace("VALUE", value));
        String array = " " + type + "[] ";
        assertThat(program.run())
                .containsExactly(
                        "writeElement" + array + 1,
                        "readElement" + array + 1,
                        "writeElement" + array + 2,
                        "readElement" + array + 2);
    }

    @Test
    void anIndexOutsideTheArrayThrowsAsBefore() {
        assertThat(runBody("SHARED[7]++; return 0;")).containsExactly("readElement int[] 7");
        assertThat(runBody("int[] none = args(null); return none[1];")).containsExactly("readElement null 1");
    }

    @Test
    void eachAccessInALoopKnowsItsLastElement() {
        assertThat(
                        runBody(
                                """
                                SHARED[0] = 1;
                                for (int i = 0; i < 2; i++) {
                                    SHARED[i + 1] = SHARED[i];
                                }
                                return SHARED[3];
                                """))
                .containsExactly(
                        "writeElement int[] 0",
                        "readElement int[] 0 first",
                        "writeElement int[] 1 first",
                        "readElement int[] 1 after 0",
                        "writeElement int[] 2 after 1",
                        "readElement int[] 3");
    }

    @Test
    void aMethodWithManyAccessesInLoopsStaysValid() {
        String body =
                """
                int sum = 0;
                for (int i = 0; i < 1; i++) {
                    try {
                        for (double d = 0; d < 1; d++) {
                            ACCESSES
                        }
                    } catch (RuntimeException e) {
                        return -1;
                    } finally {
                        sum++;
                    }
                }
                return sum;
                """;
        List<String> hooks = runBody(body.replace("ACCESSES", "sum += SHARED[2];".repeat(70)));
        assertThat(hooks).hasSize(70);
        assertThat(hooks.subList(0, 64)).containsOnly("readElement int[] 2 first");
        assertThat(hooks.subList(64, 70)).containsOnly("readElement int[] 2");
    }

    @Test
    void anArrayThatDoesNotLeaveTheMethodIsNotRecorded() {
        assertThat(
                        runBody(
                                """
                                int[] counts = new int[3];
                                for (int i = 0; i < counts.length; i++) {
                                    counts[i] += i;
                                }
                                int[] copy = java.util.Arrays.copyOf(counts, 2);
                                copy[1]++;
                                long[] filled = {1, 2, 3};
                                return counts[2] + copy[1] + (int) filled[0];
                                """))
                .containsExactly("readElements int[] 0-2");
    }

    @Test
    void anArrayThatLeavesTheMethodIsRecorded() {
        String write = "writeElement int[] 0";
        assertThat(runBody("int[] a = new int[1]; a[0] = 1; args(a); return 0;")).containsExactly(write);
        assertThat(runBody("int[] a = new int[1]; field = a; a[0] = 1; return 0;")).contains(write);
        assertThat(runBody("int[] a = new int[1]; Runnable r = () -> a[0] = 1; r.run(); return 0;"))
                .containsExactly(write);
        assertThat(runBody("int[] a = SHARED; a[0] = 1; return 0;")).containsExactly(write);
        assertThat(runBody("int[] a = new int[1]; if (field == null) a = SHARED; a[0] = 1; return 0;")).contains(write);
        assertThat(runBody("(field == null ? SHARED : new int[1])[0] = 1; return 0;")).contains(write);
        assertThat(runBody("(field = new int[1])[0] = 1; return 0;")).contains(write);
        assertThat(runBody("int[] a = new int[1]; int[] b = a; b[0] = 1; return args(b).length;"))
                .containsExactly(write);
        assertThat(runBody("int[][] a = new int[1][1]; a[0][0] = 1; return 0;")).containsExactly(write);
    }

    @Test
    void rangesOfCallsAreRecorded() {
        assertThat(runBody("System.arraycopy(SHARED, 1, field = new int[3], 0, 2); return 0;"))
                .contains("readElements int[] 1-3", "writeElements int[] 0-2");
        assertThat(runBody("return SHARED.clone().length;")).containsExactly("readElements int[] 0-4");
        assertThat(runBody("java.util.Arrays.fill(SHARED, 7); return 0;")).containsExactly("writeElements int[] 0-4");
        assertThat(runBody("java.util.Arrays.fill(SHARED, 1, 2, 7); return 0;"))
                .containsExactly("writeElements int[] 1-2");
        assertThat(runBody("java.util.Arrays.sort(SHARED); return 0;")).containsExactly("writeElements int[] 0-4");
        assertThat(runBody("return java.util.Arrays.copyOfRange(SHARED, 1, 9).length;"))
                .containsExactly("readElements int[] 1-4");
        assertThat(runBody("return java.util.Arrays.hashCode(SHARED);")).containsExactly("readElements int[] 0-4");
        assertThat(runBody("return java.util.Arrays.toString(args(null)).length();")).isEmpty();
        assertThat(runBody("return java.util.Arrays.toString((Object[]) null).length();")).isEmpty();
    }

    @Test
    void rangesOfTextsAreRecorded() {
        assertThat(runBody("return new String(CHARS).length();")).containsExactly("readElements char[] 0-3");
        assertThat(runBody("return new String(CHARS, 1, 2).length();")).containsExactly("readElements char[] 1-3");
        assertThat(runBody("return String.valueOf(CHARS).length();")).containsExactly("readElements char[] 0-3");
        assertThat(runBody("\"abcd\".getChars(1, 3, CHARS, 1); return 0;")).containsExactly("writeElements char[] 1-3");
        assertThat(runBody("return new String(BYTES, 1, 1, java.nio.charset.StandardCharsets.UTF_8).length();"))
                .containsExactly("readElements byte[] 1-2");
        assertThat(runBody("return new String(BYTES, 0, 1, 1).length();")).containsExactly("readElements byte[] 1-2");
    }

    private static List<String> runBody(String body) {
        return Rewritten.of(
                        """
                        class Main {
                            static final int[] SHARED = {1, 2, 3, 4};
                            static final char[] CHARS = {'a', 'b', 'c'};
                            static final byte[] BYTES = {1, 2, 3};
                            static int[] field;
                            static int[] args(int[] array) { return array; }
                            @SuppressWarnings("deprecation") static int run() {
                                BODY
                            }
                        }
                        """
                                .replace("BODY", body))
                .run();
    }
}
