package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing that stands on the page gives way when data arrives, by the browser's own account of what moved, right after a key too. */
@EnabledIfSystemProperty(named = "proofs", matches = "true")
@ExtendWith(OneShop.class)
class StillnessBrowserTest {
    private static final String PADS = "7505433001844";
    private static final String ALTERNATOR = "7504865001989";
    /** What moved, in words: the element, and from where to where. */
    private static final String WATCH = """
            (() => {
              window.moved = [];
              const rect = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
              const name = node => {
                const element = node instanceof Element ? node : node?.parentElement;
                return element ? element.localName + (element.dataset.test ? '[' + element.dataset.test + ']' : element.className ? '.' + element.className : '') : 'gone';
              };
              new PerformanceObserver(list => {
                for (const shift of list.getEntries())
                  window.moved.push(shift.value.toFixed(4) + ': '
                    + shift.sources.map(each => `${name(each.node)} ${rect(each.previousRect)} > ${rect(each.currentRect)}`).join('; '));
              }).observe({ type: 'layout-shift', buffered: true });
            })()""";
    /** The connector takes its time, so that what comes is painted by itself; and how many calls are on their way. */
    private static final String SLOW = """
            () => {
              const quick = window.fetch;
              window.calls = 0;
              window.fetch = async (...call) => {
                window.calls++;
                try {
                  await new Promise(done => setTimeout(done, 100));
                  return await quick(...call);
                } finally {
                  window.calls--;
                }
              };
            }""";

    /** Words that change within their row count a little; a row, a sum or a key that gives way counts several times this. A good page has 0.1 in all. */
    private static final double STILL = 0.02;

    private static Browser browser;
    private static Shop shop;
    private Page page;

    @BeforeAll
    static void open(Shop opened) {
        shop = opened;
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.close();
    }

    @AfterEach
    void leave() {
        if (page != null) page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void nothing_moves_while_a_search_paints_a_ticket_fills_and_is_paid() {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(page, shop);
        page.evaluate(WATCH);
        page.evaluate(SLOW);
        for (String word : List.of("bal", "ata ", "jetta", " 2015")) {
            Counter.type(page, word);
            assertThat(page.locator(hook("hit")).first()).isVisible();
        }
        assertThat(page.locator(hook("found"))).containsText("balata jetta 2015");
        assertStill("a search paints");

        page.keyboard().press("Enter");
        Counter.type(page, "01");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("ticket-line"))).hasCount(1);
        Counter.scan(page, PADS);
        Counter.scan(page, ALTERNATOR);
        assertThat(page.locator(hook("core-line"))).isVisible();
        page.keyboard().press("+");
        assertThat(page.locator(hook("ticket-line") + "[data-quantity='2']")).hasCount(1);
        assertStill("a ticket fills");

        page.keyboard().press("F10");
        assertThat(page.locator(hook("bill")).first()).isVisible();
        Counter.type(page, "9000");
        assertThat(page.locator(hook("change"))).isVisible();
        page.keyboard().press("c");
        assertThat(page.locator(hook("last-four"))).isVisible();
        assertStill("it is paid");
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        page.locator(hook("box")).waitFor();
    }

    @Test
    void nothing_moves_while_a_page_of_the_console_gets_its_data() {
        page = browser.page(1440, 900, ColorScheme.LIGHT);
        page.navigate(shop.hubAddress());
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("store-tile")).first().waitFor();
        page.evaluate(WATCH);
        page.evaluate(SLOW);
        Map<String, List<String>> restless = new TreeMap<>();
        List<Locator> places = page.locator("nav a[data-test^=nav-]").all();
        for (Locator place : places) {
            settle();
            moved();
            place.click();
            assertThat(place).hasAttribute("aria-current", "page");
            page.locator("main h1").first().waitFor();
            assertThat(page.locator(hook("loading"))).hasCount(0);
            settle();
            List<String> moved = moved();
            if (sum(moved) >= STILL) restless.put(place.getAttribute("data-test"), moved);
        }
        assertThat(restless).isEmpty();
        assertThat(places).hasSizeGreaterThan(20);
    }

    private void assertStill(String meanwhile) {
        settle();
        List<String> moved = moved();
        assertThat(sum(moved)).as("moved while " + meanwhile + ": " + moved).isLessThan(STILL);
    }

    /** The page has painted all that it knows, and the browser has told of it. */
    private void settle() {
        page.evaluate("""
                async () => {
                  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                  for (let quiet = 0; quiet < 3; quiet = window.calls ? 0 : quiet + 1) await frame();
                }""");
    }

    /** Since it was asked the last time. */
    private List<String> moved() {
        return ((List<?>) page.evaluate("() => { const all = window.moved; window.moved = []; return all; }"))
                .stream().map(Object::toString).toList();
    }

    private static double sum(List<String> moved) {
        return moved.stream()
                .mapToDouble(each -> Double.parseDouble(each.substring(0, each.indexOf(':'))))
                .sum();
    }
}
