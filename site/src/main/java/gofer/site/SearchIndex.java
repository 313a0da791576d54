package gofer.site;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The index that `site.js` searches: the sections of all pages, and the types and members of the Javadoc.
final class SearchIndex {
    private final Gson gson = new Gson();
    private final List<Entry> entries = new ArrayList<>();

    /// @param url relative to the root of the site
    /// @param in the title of its page, or the package of a type
    private record Entry(String url, String title, String in, String text) {}

    void add(Page page) {
        String url = page.path();
        String title = page.title();
        var text = new StringBuilder();
        for (var part : page.content().children()) {
            if (part.is("h2[id], h3[id], h4[id]")) {
                add(url, title, page, text);
                url = page.path() + "#" + part.id();
                title = part.text();
            } else if (!part.is("h1")) {
                text.append(part.text()).append('\n');
            }
        }
        add(url, title, page, text);
    }

    private void add(String url, String title, Page page, StringBuilder text) {
        entries.add(new Entry(url, title, title.equals(page.title()) ? "" : page.title(), text.toString()));
        text.setLength(0);
    }

    /// Adds the types and members from the search index that Javadoc wrote.
    void addJavadoc(Path folder) throws IOException {
        Map<String, String> modules = new HashMap<>();
        for (JsonObject found : read(folder.resolve("package-search-index.js"))) {
            if (found.has("m")) modules.put(text(found, "l"), text(found, "m"));
        }
        var seen = new HashSet<String>();
        for (String file : List.of("type-search-index.js", "member-search-index.js")) {
            for (JsonObject found : read(folder.resolve(file))) {
                if (!found.has("p")) continue; // a list of all types or members
                String pack = text(found, "p");
                String label = text(found, "l");
                String type = found.has("c") ? text(found, "c") : label;
                String fragment = found.has("c") ? "#" + (found.has("u") ? text(found, "u") : label) : "";
                String title = found.has("c") ? type + "." + label.replaceFirst("\\(.*", "") : type;
                String url =
                        "javadoc/%s/%s/%s.html%s".formatted(modules.get(pack), pack.replace('.', '/'), type, fragment);
                // One entry is enough for all overloads of a method.
                if (seen.add(pack + "." + title)) entries.add(new Entry(url, title, "API: " + pack, ""));
            }
        }
    }

    /// Returns the index as a script. A page that was opened from a file can load a script, but cannot `fetch`.
    String script() {
        return "const searchIndex = " + gson.toJson(entries) + ";\n";
    }

    private List<JsonObject> read(Path file) throws IOException {
        String script = Files.readString(file);
        String json = script.substring(script.indexOf('['), script.lastIndexOf(']') + 1);
        return List.of(gson.fromJson(json, JsonObject[].class));
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }
}
