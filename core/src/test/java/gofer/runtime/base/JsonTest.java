package gofer.runtime.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-configuration")
class JsonTest {

    @Test
    void writesEachKindOfValue() {
        var map = new LinkedHashMap<String, Object>();
        map.put("n", 7);
        map.put("flag", true);
        map.put("list", List.of("a", List.of(), 1L));
        assertThat(Json.of(map)).isEqualTo("{\"n\": 7, \"flag\": true, \"list\": [\"a\", [], 1]}");
    }

    @Test
    void escapesSpecialCharacters() {
        assertThat(Json.of("\"\\\n\u0001é\ud800")).isEqualTo("\"\\\"\\\\\\u000a\\u0001é\\ud800\"");
    }
}
