package gofer.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Tests the built site in headless Chromium, if that is installed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserTest {
    private static final Path SITE = Path.of(System.getProperty("site.folder")).toAbsolutePath();

    /// The contrast that WCAG 2 requires for level AA.
    private static final double CONTRAST = 4.5;

    private static final String JAVADOC = "javadoc/";

    private static final String BACKGROUND = "getComputedStyle(document.body).backgroundColor";
    private static final String LIST_IS_SHOWN = "document.getElementById('pages').checkVisibility()";

    /// Waits for the search, and returns the title of its first hit.
    private static final String FIRST_HIT =
            """
            new Promise((resolve) => setInterval(() => {
                const title = document.querySelector("#found a b");
                if (title) resolve(title.textContent);
            }, 10))
            """;

    /// Waits until the button has copied, and returns the text in the clipboard.
    private static final String COPIED =
            """
            new Promise((resolve) => setInterval(() => {
                const button = document.querySelector("pre button");
                if (button.textContent === "Copied") navigator.clipboard.readText().then(resolve);
            }, 10))
            """;

    private HttpServer server;
    private Chromium chromium;
    private Tab tab;
    private String address;
    private String looks;

    @BeforeAll
    void start() throws IOException {
        var program = Chromium.find();
        if (program.isEmpty()) report("not checked in a browser: " + Chromium.MISSING);
        assumeTrue(program.isPresent(), Chromium.MISSING);
        server =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SITE, OutputLevel.NONE);
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (var in = Objects.requireNonNull(BrowserTest.class.getResourceAsStream("looks.js"))) {
            looks = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        chromium = new Chromium(program.get());
        tab = chromium.tab();
    }

    @AfterAll
    void stop() throws IOException {
        if (chromium != null) chromium.close();
        if (server != null) server.stop(0);
    }

    @AfterEach
    void clearStorage() throws InterruptedException {
        tab.open(address);
        tab.evaluate("localStorage.clear()");
    }

    @Test
    @Timeout(300)
    void everyPageLoadsAndIsReadableInLightAndDarkAndOnAPhone() throws Exception {
        var faults = new ArrayList<String>();
        List<String> pages = pages().filter(page -> !page.startsWith(JAVADOC)).toList();
        for (String page : pages) {
            tab.size(1440, 900);
            load(page, faults);
            for (String scheme : List.of("dark", "light")) {
                tab.scheme(scheme);
                look("pale(" + CONTRAST + ")", page + " " + scheme, faults);
            }
            tab.size(360, 740);
            look("wide()", page + " on a phone", faults);
        }
        assertThat(faults).isEmpty();
        report(pages.size() + " pages load without an error, and load nothing from another host");
        report("their text has a contrast of " + CONTRAST + " or more, light and dark, and fits on a phone");
    }

    @Test
    @Timeout(300)
    void everyPageOfTheJavadocLoads() throws Exception {
        var faults = new ArrayList<String>();
        List<String> pages = pages().filter(page -> page.startsWith(JAVADOC)).toList();
        for (String page : pages) load(page, faults);
        assertThat(faults).isEmpty();
        report(pages.size() + " pages of the Javadoc load without an error, and load nothing from another host");
    }

    private static Stream<String> pages() throws IOException {
        return LinkCheck.pages(SITE).stream().map(page -> Sources.path(SITE, page));
    }

    private void load(String page, List<String> faults) throws InterruptedException {
        for (Tab.Event event : tab.open(address + page)) {
            if (isFault(event)) faults.add(page + ": " + event);
        }
    }

    private boolean isFault(Tab.Event event) {
        return switch (event.name()) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" -> List.of("error", "warning").contains(event.text("type"));
            case "Log.entryAdded" -> List.of("error", "warning").contains(event.text("entry", "level"));
            case "Network.requestWillBeSent" ->
                    !event.text("request", "url").startsWith(address)
                            && !event.text("request", "url").startsWith("data:");
            default -> false;
        };
    }

    private void look(String call, String where, List<String> faults) {
        for (JsonElement fault : tab.evaluate(looks + "." + call).getAsJsonArray()) {
            faults.add(where + ": " + fault.getAsString());
        }
    }

    @Test
    void paleTextAndWideContentAreFound() throws Exception {
        tab.size(360, 740);
        tab.open("data:text/html,<p style='color:%23999;background:white'>pale<p style='width:900px'>wide");
        assertThat(tab.evaluate(looks + ".pale(4.5)").toString()).contains("pale").doesNotContain("wide");
        assertThat(tab.evaluate(looks + ".wide()").toString()).contains("the page is", "P : wide");
    }

    @Test
    void searchOpensItsFirstHit() throws Exception {
        search(address, "index.html", 1440);
        search(address, "docs/decisions/index.html", 360);
    }

    @Test
    void searchWorksWithoutAServer() throws Exception {
        search(SITE.toUri().toString(), "docs/testing.html", 1440);
    }

    private void search(String start, String page, int width) throws Exception {
        tab.size(width, 740);
        tab.open(start + page);
        tab.evaluate("document.getElementById('query').focus()");
        tab.type("benchm");
        assertThat(tab.evaluate(FIRST_HIT).getAsString()).isEqualTo("Benchmarks");
        var faults = new ArrayList<String>();
        look("pale(" + CONTRAST + ")", "search", faults);
        if (width == 360) look("wide()", "search", faults);
        assertThat(faults).isEmpty();
        tab.press("Enter", 13);
        tab.loaded();
        assertThat(tab.evaluate("location.href").getAsString()).isEqualTo(start + "docs/benchmarks.html");
    }

    @Test
    void buttonChangesTheColoursOfAllPages() throws Exception {
        tab.scheme("light");
        tab.open(address);
        String light = tab.evaluate(BACKGROUND).getAsString();
        tab.evaluate("document.getElementById('theme').click()");
        assertThat(tab.evaluate(BACKGROUND).getAsString()).isEqualTo(light);
        tab.evaluate("document.getElementById('theme').click()");
        assertThat(tab.evaluate(BACKGROUND).getAsString()).isNotEqualTo(light);
        tab.open(address + "docs/testing.html");
        assertThat(tab.evaluate(BACKGROUND).getAsString()).isNotEqualTo(light);
    }

    @Test
    void buttonCopiesTheCode() throws Exception {
        tab.call(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        tab.open(address + "examples/Hello.html");
        tab.evaluate("document.querySelector('pre button').click()");
        assertThat(tab.evaluate(COPIED).getAsString())
                .isEqualTo(tab.evaluate("document.querySelector('pre code').textContent").getAsString())
                .contains("void main()");
    }

    @Test
    void skipLinkIsTheFirstFocusAndLeadsToTheContent() throws Exception {
        tab.open(address + "docs/testing.html");
        tab.press("Tab", 9);
        assertThat(tab.evaluate("document.activeElement.textContent").getAsString()).isEqualTo("Skip to content");
        assertThat(tab.evaluate("document.querySelector(document.activeElement.hash).tagName").getAsString())
                .isEqualTo("MAIN");
    }

    @Test
    void buttonOpensTheListOfPagesOnAPhone() throws Exception {
        tab.size(360, 740);
        tab.open(address + "docs/testing.html");
        assertThat(tab.evaluate(LIST_IS_SHOWN).getAsBoolean()).isFalse();
        tab.evaluate("document.querySelector('.menu').click()");
        assertThat(tab.evaluate(LIST_IS_SHOWN).getAsBoolean()).isTrue();
        tab.size(1440, 900);
        tab.open(address + "docs/testing.html");
        assertThat(tab.evaluate(LIST_IS_SHOWN).getAsBoolean()).isTrue();
    }

    @Test
    void errorsAndRequestsToOtherHostsAreFound() throws Exception {
        var seen = new ArrayList<String>();
        String page = "<img src='http://example.org/'><script>console.error(1); throw 2</script>";
        for (Tab.Event event : tab.open("data:text/html," + page)) {
            if (isFault(event)) seen.add(event.name());
        }
        assertThat(seen)
                .contains(
                        "Network.requestWillBeSent",
                        "Runtime.consoleAPICalled",
                        "Runtime.exceptionThrown",
                        "Log.entryAdded");
    }

    /// Not a test: writes pictures to look at into `target/pictures`.
    @Test
    @EnabledIfSystemProperty(named = "site.pictures", matches = "true")
    void pictures() throws Exception {
        for (String page :
                List.of("index.html", "docs/go-to-java.html", "docs/architecture.html", "examples/Shop.html")) {
            for (String scheme : List.of("light", "dark")) {
                for (int width : List.of(1440, 360)) {
                    tab.scheme(scheme);
                    tab.size(width, 900);
                    tab.open(address + page);
                    picture(page.replaceFirst(".*/", "").replace(".html", "") + "-" + scheme + "-" + width);
                }
            }
        }
        tab.evaluate("document.querySelector('.menu').click()");
        picture("menu-dark-360");
        tab.evaluate("document.getElementById('query').focus()");
        tab.type("select");
        tab.evaluate(FIRST_HIT);
        picture("search-dark-360");
        tab.size(1440, 900);
        picture("search-dark-1440");
    }

    private void picture(String name) throws IOException {
        tab.picture(SITE.resolveSibling("pictures").resolve(name + ".png"));
    }

    private static void report(String what) {
        System.out.println("site: " + what);
    }
}
