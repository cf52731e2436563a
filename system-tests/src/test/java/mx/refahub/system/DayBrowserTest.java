package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mx.refahub.system.client.TillHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A whole day at the till with the hub away, by the page, against {@code day-at-the-till.csv}; then the hub comes back and has the same to the centavo. Runs
 * with {@code -Dproofs=true}, not in every {@code verify} yet.
 */
@EnabledIfSystemProperty(named = "proofs", matches = "true")
@ExtendWith(OneShop.class)
class DayBrowserTest {
    private static final String PADS = "7505433001844";
    private static final String ALTERNATOR = "7504865001989";
    private static final String OIL = "7507489001359";
    private static final String MANUAL = "7505882001143";
    private static final String MAGAZINE = "7505882001211";
    private static final String CUSTOMER = "Taller La Jornada";
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");
    private static Browser browser;
    private static Shop shop;
    private Page page;

    /** What a pencil says: rows by their first cell. */
    private final List<List<String>> rows = rows();

    private final Map<Integer, String> folios = new TreeMap<>();
    /** What the QR of ticket 2 says. */
    private String proof = "";
    /** The slip for the old piece, and the gift voucher. */
    private String slip = "";

    private String voucher = "";

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
    void a_day_with_the_hub_away_is_what_a_pencil_says_and_the_hubs_ledgers_are_the_stores()
            throws IOException, InterruptedException, SQLException {
        String customer = Ledgers.customerWithCredit(shop, CUSTOMER, "2225550173");
        Ledgers.dollarsAt(shop, "17.50");
        closeWhatIsOpen();
        Ledgers ledgers = Ledgers.from(shop);
        shop.hubProcess().kill();
        String session;
        try {
            page = browser.page(1366, 768, ColorScheme.LIGHT);
            Counter.enter(page, shop);
            session = session();
            money();
            dealsAndOldPieces();
            cash();
            whatComesBack();
            promisesAndNotes();
            whatIsNotSold();
            vouchers();
            onAccount();
            x();
            closesBlind();
        } finally {
            shop.startHub(Map.of());
        }
        ledgers.awaitApplied();
        assertTickets(ledgers, session);
        assertZ(ledgers, session);
        ledgers.assertSame(List.of(session), customer);
        assertThat(ledgers.atHub("select balance from account_balance where customer_id = '" + customer + "'"))
                .isEqualTo(told("balance"));
        assertThat(ledgers.atHub("""
                        select p.line_code, p.part_number, sum(m.quantity)
                        from stock_movement m
                        join part p on p.id = m.part_id
                        where m.cause in (select id from sale where cash_session_id = '%s')
                        group by 1, 2
                        """.formatted(session))).containsExactlyInAnyOrderElementsOf(told("stock"));
    }

    // --- the day

    private void money() {
        scan(PADS);
        pay(1);
        enter(1);

        Counter.type(page, "2*");
        scan(PADS);
        pay(2);
        Counter.type(page, "1000");
        enter(2);

        scan(PADS);
        pay(3);
        by("c", "A-3");
        enter(3);

        scan(MANUAL);
        pay(4);
        by("d", "A-4");
        enter(4);

        Counter.type(page, "3*");
        scan(OIL);
        pay(5);
        by("t", "T-5");
        enter(5);

        scan(PADS);
        pay(6);
        page.keyboard().press("u");
        Counter.type(page, "30");
        assertThat(page.locator(hook("worth"))).hasAttribute("data-minor", "52500");
        enter(6);

        scan(PADS);
        pay(7);
        page.keyboard().press("u");
        Counter.type(page, "20");
        partly();
        by("c", "A-7");
        enter(7);

        Counter.type(page, "2*");
        scan(PADS);
        pay(8);
        by("d", "A-8");
        page.locator(hook("given")).fill("478");
        partly();
        page.keyboard().press("e");
        enter(8);

        customer();
        scan(PADS);
        pay(9);
        page.keyboard().press("a");
        enter(9);
    }

    private void dealsAndOldPieces() {
        scan(ALTERNATOR);
        pay(10);
        Counter.type(page, "4000");
        enter(10);

        scan(ALTERNATOR);
        page.keyboard().press("Control+Shift+B");
        page.locator(hook("core-NOW")).click();
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "325000");
        page.keyboard().press("Escape");
        pay(11);
        by("c", "A-11");
        enter(11);

        scan(PADS);
        discount("5");
        pay(12);
        enter(12);

        scan(PADS);
        discount("10");
        approve();
        page.keyboard().press("Enter");
        pay(13);
        by("t", "T-13");
        enter(13);

        scan(MAGAZINE);
        scan(MANUAL);
        pay(14);
        Counter.type(page, "500");
        enter(14);
    }

    private void cash() {
        page.keyboard().press("Control+j");
        page.locator(hook("cash-menu-out")).click();
        page.locator(hook("move-reason-PETTY_CASH")).waitFor();
        page.locator(hook("move-amount")).fill("45.50");
        page.locator(hook("move-reference")).fill("R-118");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("notice"))).containsText("$45.50");
    }

    private void whatComesBack() {
        returned(folios.get(1), hook("return-all") + " >> nth=0");
        pay(15);
        enter(15);

        page.keyboard().press("F8");
        Counter.scan(page, proof);
        page.locator(hook("return-quantity")).first().fill("1");
        reasonAndApproval();
        pay(16);
        enter(16);

        returned(folios.get(10), hook("return-all") + " >> nth=0", hook("return-all") + " >> nth=1");
        scan(PADS);
        pay(17);
        enter(17);

        scan(ALTERNATOR);
        pay(18);
        enter(18);

        returned(folios.get(18), hook("return-all") + " >> nth=1");
        pay(19);
        page.keyboard().press("v");
        enter(19);

        scan(PADS);
        pay(20);
        by("v", slip);
        enter(20);

        scan(PADS);
        pay(21);
        by("v", slip);
        partly();
        page.keyboard().press("e");
        enter(21);
    }

    private void promisesAndNotes() {
        customer();
        scan(PADS);
        page.keyboard().press("Control+o");
        page.locator(hook("promise-make-LAYAWAY")).click();
        page.locator(hook("deposit-amount")).fill("100");
        page.locator(hook("promise-make-do")).click();
        assertThat(page.locator(hook("promise-left"))).hasAttribute("data-minor", "38900");
        page.locator(hook("deposit-kind")).selectOption("TRANSFER");
        page.locator(hook("deposit-reference")).fill("T-22");
        page.locator(hook("deposit-amount")).fill("189");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("promise-left"))).hasAttribute("data-minor", "20000");
        page.locator(hook("promise-sell")).click();
        assertThat(page.locator(hook("ticket-promised"))).hasAttribute("data-due", "20000");
        page.keyboard().press("F10");
        assertThat(page.locator(hook("due"))).hasAttribute("data-minor", "20000");
        enter(22);

        scan(PADS);
        page.keyboard().press("Control+o");
        page.locator(hook("promise-make-QUOTE")).click();
        page.locator(hook("promise-make-do")).click();
        String quote = page.locator(hook("promise-number")).innerText();
        page.keyboard().press("Escape");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
        Counter.scan(page, quote);
        assertThat(page.locator(hook("promise-number"))).hasText(quote);
        page.locator(hook("promise-sell")).click();
        assertThat(page.locator(hook("ticket-promised"))).hasAttribute("data-due", "48900");
        pay(23);
        enter(23);

        Counter.type(page, "2*");
        scan(PADS);
        page.keyboard().press("Control+b");
        page.locator(hook("note-issue")).click();
        Locator notice = page.locator(hook("notice"));
        assertThat(notice).containsText("Nota ");
        Matcher number = Pattern.compile("Nota (\\S+) por").matcher(notice.innerText());
        assertThat(number.find()).as(notice.innerText()).isTrue();
        assertThat(page.locator(hook("ticket-empty"))).isAttached();
        Counter.scan(page, "NOTA-" + number.group(1));
        pay(24);
        by("c", "A-24");
        enter(24);
    }

    /** Thrown away, and struck. */
    private void whatIsNotSold() {
        scan(PADS);
        page.keyboard().press("F4");
        Counter.type(page, "no vuelve");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
        page.keyboard().press("F4");
        Locator waiting = page.locator("[data-test=parked] li")
                .filter(new Locator.FilterOptions().setHasText("no vuelve"))
                .locator(hook("parked-drop"));
        waiting.click();
        waiting.click();
        assertThat(waiting).hasCount(0);
        page.keyboard().press("Escape");

        scan(PADS);
        scan(MANUAL);
        page.locator(hook("ticket-line") + "[data-number='7974-D1045']").click();
        page.locator(hook("ticket-line") + "[data-number='7974-D1045'] " + hook("line-remove"))
                .click();
        assertThat(page.locator(hook("ticket-line"))).hasCount(1);
        pay(26);
        Counter.type(page, "400");
        enter(26);
    }

    private void vouchers() {
        page.keyboard().press("Control+g");
        Counter.type(page, "200");
        page.keyboard().press("Enter");
        pay(27);
        enter(27);

        scan(PADS);
        pay(28);
        by("v", voucher);
        partly();
        page.keyboard().press("e");
        enter(28);

        returned(folios.get(3), hook("return-all") + " >> nth=0");
        pay(29);
        by("c", "D-29");
        enter(29);

        scan(PADS);
        pay(30);
        by("q", "CH-30");
        enter(30);
    }

    private void onAccount() {
        customer();
        scan(PADS);
        pay(31);
        page.keyboard().press("a");
        page.locator(hook("given")).fill("289");
        partly();
        page.keyboard().press("e");
        enter(31);

        page.keyboard().press("F3");
        Counter.type(page, CUSTOMER);
        page.locator(hook("customer-account")).first().click();
        assertThat(page.locator(hook("account-balance"))).hasAttribute("data-minor", "77800");
        page.locator(hook("account-amount")).fill("100");
        page.locator(hook("account-pay-do")).click();
        assertThat(page.locator(hook("account-said"))).containsText("$678.00");
        page.keyboard().press("Escape");
    }

    private void x() {
        page.keyboard().press("Control+j");
        page.locator(hook("cash-menu-x")).click();
        page.locator(hook("report")).waitFor();
        assertThat(page.locator(hook("cash-x"))).containsText("$16,962.65");
        assertThat(page.locator(hook("cash-x"))).not().containsText("$9,030.05");
        page.keyboard().press("Escape");
    }

    private void closesBlind() {
        page.keyboard().press("Control+j");
        page.locator(hook("cash-menu-count")).click();
        page.locator(hook("piece-MXN-BILL-100000")).fill("8");
        page.locator(hook("piece-MXN-BILL-50000")).fill("2");
        page.locator(hook("piece-USD-BILL-2000")).fill("2");
        page.locator(hook("piece-USD-BILL-1000")).fill("1");
        page.locator(hook("voucher-CREDIT_CARD")).fill("4367");
        page.locator(hook("voucher-DEBIT_CARD")).fill("867");
        page.locator(hook("voucher-TRANSFER")).fill("911.10");
        page.locator(hook("voucher-CHEQUE")).fill("489");
        assertThat(page.locator(hook("count-total"))).hasAttribute("data-minor", "900000");
        assertThat(page.locator(hook("cash-count"))).not().containsText("$9,030.05");
        page.locator(hook("count-send")).click();
        page.locator(hook("count-sure")).click();
        assertThat(page.locator(hook("result-row") + "[data-tender=CASH-MXN]")).containsText("$9,030.05");
        page.locator(hook("why-CASH-MXN")).fill("Se dio mal un cambio");
        page.locator(hook("count-close")).click();
        assertThat(page.locator(hook("z-done"))).isVisible();
        Browser.shoot(page, "pos-day-z");
        page.locator(hook("count-finish")).click();
        assertThat(page.locator(hook("float"))).isVisible();
    }

    // --- hands

    /** The next key belongs to the line that is there. */
    private void scan(String code) {
        Locator lines = page.locator(hook("ticket-line"));
        int before = lines.count();
        Counter.scan(page, code);
        assertThat(lines).hasCount(before + 1);
    }

    /** The ticket in hand comes to what the pencil says. */
    private void pay(int ticket) {
        long total = total(ticket);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", Long.toString(total));
        page.keyboard().press("F10");
        assertThat(page.locator(hook("due"))).hasAttribute("data-minor", Long.toString(Math.abs(total)));
    }

    private void by(String key, String reference) {
        page.keyboard().press(key);
        page.locator(hook("reference")).fill(reference);
    }

    private void partly() {
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("tender"))).hasCount(1);
    }

    /** Enter closes it; the next one is in hand then. */
    private void enter(int ticket) {
        page.keyboard().press("Enter");
        Locator folio = page.locator(hook("done-folio"));
        folio.waitFor();
        folios.put(ticket, folio.innerText());
        String change = cells("ticket", ticket).get(3);
        if (change.equals("0")) assertThat(page.locator(hook("done-change"))).hasCount(0);
        else assertThat(page.locator(hook("done-change"))).hasAttribute("data-minor", change);
        if (ticket == 2)
            proof = page.locator(hook("done-paper") + " title")
                    .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^RT1")))
                    .first()
                    .textContent();
        if (ticket == 19) slip = page.locator(hook("credit-code")).innerText();
        if (ticket == 27) voucher = codeOf("VALE DE REGALO");
        page.keyboard().press("Enter");
        page.locator(hook("box")).waitFor();
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    private String codeOf(String title) {
        assertThat(page.locator(hook("done-paper"))).containsText(title);
        // Paper is drawn with spaces that do not break.
        String paper = page.locator(hook("done-paper")).innerText().replaceAll("[\\s\\u00a0]+", " ");
        Matcher code = CODE.matcher(paper.substring(paper.indexOf(title)));
        assertThat(code.find()).as(paper).isTrue();
        return code.group();
    }

    private void customer() {
        page.keyboard().press("F3");
        Counter.type(page, CUSTOMER);
        page.locator(hook("customer-row"))
                .filter(new Locator.FilterOptions().setHasText(CUSTOMER))
                .locator(hook("customer-take"))
                .click();
        assertThat(page.locator(hook("ticket-buyer"))).containsText(CUSTOMER);
    }

    private void discount(String percent) {
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
        page.keyboard().press("F5");
        Counter.type(page, percent);
        page.locator("#discount-reason").fill("cliente frecuente");
        page.keyboard().press("Enter");
    }

    private void approve() {
        page.locator(hook("approval-user")).selectOption(Shop.SUPERVISOR);
        page.locator(hook("approval-pin")).fill(Shop.SUPERVISOR_PIN);
    }

    private void returned(String folio, String... lines) {
        page.keyboard().press("F8");
        Counter.type(page, folio);
        page.keyboard().press("Enter");
        for (String line : lines) page.locator(line).click();
        reasonAndApproval();
    }

    private void reasonAndApproval() {
        page.locator(hook("return-reason-WRONG_PART")).check();
        page.locator(hook("return-apply")).click();
        approve();
        page.locator(hook("return-apply")).click();
        page.locator(hook("return-lines"))
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
    }

    // --- before

    /** Whatever other tests left in the drawer is theirs. */
    private static void closeWhatIsOpen() throws IOException, InterruptedException {
        TillHands till = shop.till();
        till.signIn(Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
        for (JsonNode register :
                till.http().get("/pos/api/registers").orThrow().json().path("registers")) {
            if (register.path("session").isNull() || register.path("session").isMissingNode()) continue;
            till.closeDrawer(sessionAt(till, register.path("id").asString()), 1, "era de otra prueba");
        }
    }

    /** The drawer that is open goes on, and says which it is. */
    private static String sessionAt(TillHands till, String register) throws IOException, InterruptedException {
        return till.http()
                .post(
                        "/pos/api/registers/" + register + "/sessions",
                        Map.of("id", UUID.randomUUID().toString(), "openingFloat", 0))
                .orThrow()
                .json()
                .path("id")
                .asString();
    }

    private static String session() throws IOException, InterruptedException {
        TillHands till = shop.signedInTill();
        return sessionAt(till, till.firstRegister());
    }

    // --- after

    private void assertTickets(Ledgers ledgers, String session) throws SQLException, IOException {
        List<String> hub = ledgers.atHub("""
                select s.folio_prefix || '-' || lpad(s.folio_number::text, 6, '0'), s.total,
                       string_agg(t.kind || ':' || t.amount, '+' order by t.kind)
                from sale s
                join sale_tender t on t.sale_id = s.id
                where s.cash_session_id = '%s'
                group by 1, 2
                """.formatted(session));
        List<String> pencil = rows.stream()
                .filter(row -> row.getFirst().equals("ticket"))
                .map(row -> folios.get(Integer.parseInt(row.get(1))) + " " + row.get(2) + " " + row.get(4))
                .toList();
        assertThat(hub).containsExactlyInAnyOrderElementsOf(pencil);
    }

    private void assertZ(Ledgers ledgers, String session) throws SQLException, IOException {
        String z = "(select id from cash_z where cash_session_id = '" + session + "')";
        assertThat(ledgers.atHub("""
                        select kind, currency, opening, received, change, paid_in, paid_out, drops, expected, counted, difference
                        from cash_z_tender
                        where cash_z_id in
                        """ + z)).containsExactlyInAnyOrderElementsOf(told("tender"));
        assertThat(ledgers.atHub("""
                        select object, factor, rate, base, tax
                        from cash_z_tax
                        where cash_z_id in
                        """ + z)).containsExactlyInAnyOrderElementsOf(told("tax"));
        assertThat(ledgers.atHub("""
                        select sales_count, net, discount, tax, cores, total
                        from cash_z
                        where id in
                        """ + z)).isEqualTo(told("sales"));
        assertThat(ledgers.atHub("select journal_rows from cash_z where id in " + z))
                .isEqualTo(told("journal"));
        assertThat(ledgers.atStore("select count(*) from cash_journal where cash_session_id = '" + session + "'"))
                .isEqualTo(told("journal"));
    }

    // --- the pencil

    private long total(int ticket) {
        return Long.parseLong(cells("ticket", ticket).get(2));
    }

    private List<String> cells(String kind, int number) {
        return rows.stream()
                .filter(row -> row.get(0).equals(kind) && row.get(1).equals(Integer.toString(number)))
                .findFirst()
                .orElseThrow();
    }

    /** In the words of the queries: cells with a space between. */
    private List<String> told(String kind) {
        return rows.stream()
                .filter(row -> row.getFirst().equals(kind))
                .map(row -> String.join(" ", row.subList(1, row.size())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<List<String>> rows() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DayBrowserTest.class.getResourceAsStream("day-at-the-till.csv")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split(",", -1)))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
