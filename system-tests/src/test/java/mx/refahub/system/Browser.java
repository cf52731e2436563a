package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Chromium, one for all test classes of this process: each has pages of its own, which share nothing. Where there is none the tests say so; with
 * {@code CI=true} that is a failure.
 */
final class Browser implements AutoCloseable {
    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable");
    /** {@code -Dbrowser.patience=120}, in seconds, on a machine that has much else to do. */
    private static final int PATIENCE_MILLIS = Integer.getInteger("browser.patience", 20) * 1_000;

    private static @Nullable Page last;
    private static com.microsoft.playwright.@Nullable Browser started;

    private final com.microsoft.playwright.Browser chromium;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Browser(com.microsoft.playwright.Browser chromium) {
        this.chromium = chromium;
    }

    static Browser open() {
        if (started == null || !started.isConnected()) started = start(program());
        return new Browser(started);
    }

    /** Ends with this process, whose end its driver notices. */
    private static com.microsoft.playwright.Browser start(Path program) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    private static Path program() {
        Optional<Path> program = Stream.concat(Stream.ofNullable(System.getenv("REFAHUB_CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            String sentence =
                    "BROWSER TESTS NOT RUN: no Chromium. Install it (apt-get install chromium) or name it in REFAHUB_CHROMIUM.";
            if ("true".equals(System.getenv("CI"))) throw new IllegalStateException(sentence);
            System.err.println(sentence);
            Assumptions.abort(sentence);
        }
        return program.get();
    }

    /** A page of a person in Puebla. What its console complains of is kept for {@link #assertNoComplaints}. */
    Page page(int width, int height, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale("es-MX")
                .setTimezoneId("America/Mexico_City")
                .setColorScheme(scheme));
        contexts.add(context);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        last = page;
        page.onPageError(error -> complaints.add("error: " + error));
        page.onConsoleMessage(message -> {
            // A call that finds nobody, or is told no, is part of some tests; the browser logs each.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource"))
                complaints.add(message.text());
        });
        return page;
    }

    /** What the newest page shows, for whoever has to find out why a test failed. */
    static void shootLast(String name) {
        if (last != null && !last.isClosed()) shoot(last, name);
    }

    /** No script failed, and no content policy had to refuse anything. */
    void assertNoComplaints() {
        assertThat(complaints).isEmpty();
    }

    /** Nothing that axe-core calls serious or critical (WCAG 2.1 A and AA). */
    static void assertAccessible(Page page) {
        // A button that is just turning from grey to blue has the colours of neither.
        page.evaluate("() => Promise.all(document.getAnimations()"
                + ".filter(each => Number.isFinite(each.effect.getComputedTiming().endTime))"
                + ".map(each => each.finished.catch(() => undefined)))");
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        var violations = new AxeBuilder(page)
                .options(options)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                .analyze()
                .getViolations();
        assertThat(violations)
                .filteredOn(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream()
                                .map(node -> node.getHtml())
                                .limit(3)
                                .toList())
                .isEmpty();
    }

    /** Kept for people to look at. */
    static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screens", name + ".png")));
    }

    static String hook(String name) {
        return "[data-test=" + name + "]";
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
    }
}
