package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectStreamClass;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SerialVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Main implements java.io.Serializable { int total; }",
                "public final class Main extends java.util.ArrayList<String> { int total; static String name = \"n\";"
                        + " }",
                """
                abstract class Main extends Exception implements Comparable<Main>, Runnable {
                    private int one;
                    protected transient volatile long two;
                    private static double three = Math.random();
                    static final int FOUR = 4;
                    Main(int one) { this.one = one; }
                    protected Main(String text, int[] all) {}
                    private Main() {}
                    synchronized strictfp void run(int count) {}
                    public native String run(long[][] count, Main other);
                    private void hidden() { Runnable r = () -> one++; }
                    public int compareTo(Main other) { assert one > 3; return 0; }
                }
                """,
                """
                class Main {
                    protected static class Nested implements java.io.Serializable { Object value; }
                    static Class<?> type() { return Nested.class; }
                }
                """,
            })
    void theVersionOfASerializableClassStaysTheSame(String source) throws Exception {
        Map<String, byte[]> classes = Compiled.of(source);
        String name = classes.containsKey("Main$Nested") ? "Main$Nested" : "Main";
        Class<?> plain = Class.forName(name, false, new RewritingLoader(classes, null));
        Class<?> rewritten = Rewritten.of(classes, _ -> true).load(name);
        assertThat(rewritten.getDeclaredField("serialVersionUID").isSynthetic()).isTrue();
        assertThat(version(rewritten)).isEqualTo(version(plain));
    }

    @Test
    void aVersionOfTheProgramStays() throws Exception {
        Class<?> type =
                Rewritten.of("class Main extends Error { int total; static final long serialVersionUID = 3; }")
                        .load("Main");
        assertThat(version(type)).isEqualTo(3);
    }

    @Test
    void aClassThatIsNotSerializableGetsNoVersion() {
        for (String source :
                new String[] {
                    "class Main { int total; }", "enum Main { ONE; int total; }", "record Main() { static int total; }"
                }) {
            assertThat(Rewritten.of(source).load("Main").getDeclaredFields())
                    .as(source)
                    .noneMatch(field -> field.getName().equals("serialVersionUID"));
        }
    }

    private static long version(Class<?> type) {
        return ObjectStreamClass.lookup(type).getSerialVersionUID();
    }
}
