package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every screen is used by keyboard alone: whatever a mouse can press has the focus on the way of Tab, or a key of its own. */
@EnabledIfSystemProperty(named = "proofs", matches = "true")
@ExtendWith(OneShop.class)
class KeysAloneBrowserTest {
    private static final String PADS = "7505433001844";
    /** Acts that leave the page, change it for good, or open nothing over it. */
    private static final List<String> NOTHING_OVER = List.of(
            "again",
            "filter",
            "plus",
            "minus",
            "remove",
            "lock",
            "customer",
            "register",
            "theme",
            "language",
            "leave",
            "pay",
            "find");
    /** Pressed by these keys while the box has the focus, so that Tab does not have to pass them: hook, and the act that does the same. */
    private static final Map<String, String> BY_KEY = Map.of(
            "line-quantity", "plus",
            "line-minus", "minus",
            "line-plus", "plus",
            "line-discount-open", "discount",
            "line-note-open", "note",
            "line-remove", "remove",
            "vehicle-open", "vehicle");
    /** Who listens for clicks is noted; where the focus has been, too. */
    private static final String WATCH = """
            (() => {
              const add = EventTarget.prototype.addEventListener;
              EventTarget.prototype.addEventListener = function (type, ...rest) {
                if (type === 'click' && this instanceof Element) this.clicked = true;
                return add.call(this, type, ...rest);
              };
              add.call(document, 'focusin', event => (event.target.visited = true), true);
              const controls = 'a[href], button, input, select, textarea, summary';
              const seen = element => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && element.getClientRects().length > 0;
              const name = element => element.dataset.test ?? (element.id || `${element.localName}.${element.className} «${element.textContent.trim().slice(0, 30)}»`);
              const tabbable = element => element.tabIndex >= 0 && !element.disabled;
              // A row that arrows walk through, or that leads where the control within it leads.
              const hasWay = element => element.closest('[role=option]') || [...element.querySelectorAll(controls)].some(tabbable) || element.closest('a[href], button, label, summary');
              window.ways = {
                /** What a mouse can press and Tab does not reach. */
                missed: root => [...root.querySelectorAll('*')].filter(seen).filter(element =>
                  element.matches(controls) ? !element.disabled && element.tabIndex < 0 && !element.closest('[role=listbox], [aria-hidden=true]')
                    : element.clicked && element.localName !== 'dialog' && element.localName !== 'form' && !tabbable(element) && !hasWay(element)).map(name),
                forget: () => { for (const element of document.querySelectorAll('*')) delete element.visited; },
                /** Within reach of Tab by rights, and yet not come to. A group of radios is one stop. */
                unvisited: root => [...root.querySelectorAll(controls)].filter(seen).filter(tabbable).filter(element => !element.visited)
                  .filter(element => element.type !== 'radio' || ![...root.querySelectorAll(`input[type=radio][name="${element.name}"]`)].some(each => each.visited)).map(name),
                stops: root => [...root.querySelectorAll(controls)].filter(seen).filter(tabbable).length,
              };
            })()""";

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
    void whatever_opens_over_the_counter_is_found_by_name_walked_by_tab_and_left_by_escape() {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        page.addInitScript(WATCH);
        Counter.enter(page, shop);
        Counter.type(page, "balata jetta");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("hit")).first()).isVisible();
        Counter.scan(page, PADS);
        assertThat(page.locator(hook("ticket-line"))).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator(hook("box"))).hasValue("");

        page.keyboard().press("Control+k");
        Locator named = page.locator(hook("action-palette")).locator("[role=option]");
        List<String> acts = named.all().stream()
                .map(each -> each.getAttribute("data-test").substring("palette-".length()))
                .toList();
        page.keyboard().press("Escape");
        // Alt and the arrows walk through the lines.
        assertThat(missed("document.body"))
                .filteredOn(hook -> !hook.equals("ticket-line"))
                .allSatisfy(hook -> assertThat(acts).contains(BY_KEY.getOrDefault(hook, hook)));

        Map<String, List<String>> wrong = new TreeMap<>();
        for (String act : acts) {
            if (NOTHING_OVER.contains(act)) continue;
            page.keyboard().press("Control+k");
            for (int i = acts.indexOf(act); i > 0; i--) page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            Locator over = page.locator("dialog[open]:not([data-test=action-palette])");
            over.waitFor();
            List<String> problems = walk();
            if (!problems.isEmpty()) wrong.put(act, problems);
            page.keyboard().press("Escape");
            assertThat(over).hasCount(0);
            assertThat(page.locator(hook("box"))).isFocused();
        }
        assertThat(wrong).isEmpty();
        assertThat(acts).hasSizeGreaterThan(30);
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    @Test
    void every_page_of_the_console_can_be_walked_by_tab() {
        page = browser.page(1440, 900, ColorScheme.LIGHT);
        page.addInitScript(WATCH);
        page.navigate(shop.hubAddress());
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("store-tile")).first().waitFor();
        Map<String, List<String>> wrong = new TreeMap<>();
        List<Locator> places = page.locator("nav a[data-test^=nav-]").all();
        for (Locator place : places) {
            place.focus();
            page.keyboard().press("Enter");
            assertThat(place).hasAttribute("aria-current", "page");
            page.locator("main h1").first().waitFor();
            List<String> problems = missed("document.querySelector('main')");
            if (!problems.isEmpty()) wrong.put(place.getAttribute("data-test"), problems);
        }
        assertThat(wrong).isEmpty();
        assertThat(places).hasSizeGreaterThan(20);
    }

    /** @return what is wrong with what is open, for somebody without a mouse */
    private List<String> walk() {
        List<String> problems = new ArrayList<>();
        String over = "document.querySelector('dialog[open]')";
        // What a dialog shows may come a moment later than the dialog.
        page.waitForFunction("() => " + over + "?.contains(document.activeElement)");
        problems.addAll(missed(over));
        page.evaluate("() => ways.forget()");
        // A date has stops of its own inside, and so has what scrolls.
        int stops = 6 + 4 * ((Number) page.evaluate("() => ways.stops(" + over + ")")).intValue();
        String unvisited = "() => ways.unvisited(" + over + ")";
        for (int i = 0; i < stops && !texts(unvisited).isEmpty(); i++)
            page.keyboard().press("Tab");
        problems.addAll(texts(unvisited));
        return problems;
    }

    private List<String> missed(String root) {
        return texts("() => ways.missed(" + root + ")");
    }

    private List<String> texts(String script) {
        return ((List<?>) page.evaluate(script)).stream().map(Object::toString).toList();
    }
}
