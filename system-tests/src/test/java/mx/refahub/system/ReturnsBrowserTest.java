package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.system.client.HttpCaller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What comes back that the branch did not sell, or nobody can prove; and what did not fit. */
@ExtendWith(OneShop.class)
class ReturnsBrowserTest {
    private static final String PAD = "7505433001844";
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

    @BeforeEach
    void signIn() {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(page, shop);
    }

    @AfterEach
    void leave() {
        page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void a_ticket_of_another_branch_comes_back_by_its_code_with_the_hub_away()
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        StoreId norte = registered(keys);
        shop.awaitStream("settings");
        TicketProof sold = sold(norte, padId(), keys);
        shop.hubProcess().kill();
        try {
            page.keyboard().press("F8");
            Counter.scan(page, sold.codes().getFirst());
            assertThat(page.locator(hook("return-branch"))).containsText("NTE");
            Browser.assertAccessible(page);
            Browser.shoot(page, "pos-return-branch");
            page.locator(hook("return-all")).first().click();
            page.locator(hook("return-reason-NOT_NEEDED")).check();
            page.locator(hook("return-apply")).click();
            approve("return-apply");
            assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "-48900");
            payBack();
        } finally {
            shop.startHub(Map.of());
        }
    }

    @Test
    void without_a_ticket_it_comes_back_as_credit_with_a_supervisors_pin() {
        page.keyboard().press("F8");
        page.locator(hook("return-unproven")).click();
        page.locator(hook("unproven-code")).fill(PAD);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("unproven-worth"))).isVisible();
        page.locator(hook("unproven-reason-WRONG_PART")).check();
        page.locator(hook("unproven-apply")).click();
        assertThat(page.locator(hook("unproven-wrong"))).containsText("sin ticket");
        page.locator(hook("unproven-why")).fill("cliente de siempre, perdió el ticket");
        page.locator(hook("unproven-apply")).click();
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-return-unproven");
        approve("unproven-apply");
        assertThat(page.locator(hook("ticket-line"))).hasCount(1);
        page.keyboard().press("F10");
        assertThat(page.locator(hook("pay-back-kind"))).containsText("vale");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("credit-code"))).isVisible();
        page.keyboard().press("Enter");
    }

    @Test
    void what_did_not_fit_warns_the_next_clerk() throws IOException, InterruptedException {
        Counter.scan(page, PAD);
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");
        page.keyboard().press("F8");
        Counter.scan(page, folio);
        page.locator(hook("return-all")).first().click();
        page.locator(hook("return-reason-DID_NOT_FIT")).check();
        page.locator(hook("misfit-make")).fill("Volkswagen");
        page.locator(hook("misfit-model")).fill("Jetta");
        page.locator(hook("misfit-year")).fill("2015");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-misfit");
        page.locator(hook("return-apply")).click();
        approve("return-apply");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "-48900");
        Counter.awaitAtHub(shop, payBack());
        shop.awaitStream("returns");

        Locator hit = hit();
        assertThat(hit.locator(hook("misfit-warning"))).containsText("no le quedó");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-misfit-warning");
    }

    @Test
    void what_may_not_come_back_is_marked_on_the_ticket_before_it_is_paid() throws IOException, InterruptedException {
        Map<String, String> pad = Map.of("target", "PART", "value", padId().toString());
        HttpCaller hub = shop.signedInHub().http();
        hub.put(
                        "/console/api/returns/rules",
                        Map.of(
                                "target",
                                "PART",
                                "value",
                                pad.get("value"),
                                "returnable",
                                false,
                                "fee",
                                0,
                                "inspect",
                                false))
                .orThrow();
        try {
            shop.awaitStream("returns");
            page.reload();
            page.locator(hook("box")).waitFor();
            Counter.scan(page, PAD);
            Locator mark = page.locator(hook("line-policy"));
            assertThat(mark).hasAttribute("data-returnable", "false");
            assertThat(mark).containsText("No se devuelve");
            Counter.scan(page, "7507489001359");
            assertThat(page.locator(hook("ticket-line"))).hasCount(2);
            assertThat(mark).hasCount(1);
            assertThat(mark).hasAttribute("role", "img");
            Browser.assertAccessible(page);
            Browser.shoot(page, "pos-policy");
            page.keyboard().press("Delete");
            assertThat(page.locator(hook("ticket-line"))).hasCount(1);
            page.keyboard().press("Delete");
        } finally {
            hub.post("/console/api/returns/rules/withdrawal", pad).orThrow();
            shop.awaitStream("returns");
        }
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    // --- steps

    private String payBack() {
        page.keyboard().press("F10");
        page.locator(hook("due")).waitFor();
        page.keyboard().press("Enter");
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");
        return folio;
    }

    private void approve(String apply) {
        page.locator(hook("approval-user")).selectOption(Shop.SUPERVISOR);
        page.locator(hook("approval-pin")).fill(Shop.SUPERVISOR_PIN);
        page.locator(hook(apply)).click();
    }

    private Locator hit() {
        Counter.type(page, "balata 7974-D1045");
        Locator hit = page.locator(hook("hit") + "[data-number='7974-D1045']");
        hit.waitFor();
        return hit;
    }

    private PartId padId() {
        PartId part = new PartId(UUID.fromString(hit().getAttribute("data-part")));
        page.keyboard().press("Escape");
        return part;
    }

    private static StoreId registered(KeyPair keys) throws IOException, InterruptedException {
        HttpCaller caller = new HttpCaller(shop.hubAddress());
        String access = caller.post("/api/auth/login/", Map.of("email", Shop.OWNER, "password", Shop.PASSWORD))
                .orThrow()
                .json()
                .path("access")
                .asString();
        return StoreId.of(new HttpCaller(shop.hubAddress())
                .bearer(access)
                .post(
                        "/api/hubs/register/",
                        Map.of(
                                "name", "Sucursal Norte",
                                "code", "NTE",
                                "address", "Blvd. Norte 4201, Puebla",
                                "postal_code", "72050",
                                "tax_region", "STANDARD",
                                "time_zone", "America/Mexico_City",
                                "public_key",
                                        Base64.getEncoder()
                                                .encodeToString(keys.getPublic().getEncoded()),
                                "cashier_user", "norma",
                                "cashier_name", "Norma Ruiz"))
                .orThrow()
                .json()
                .path("hub_id")
                .asString());
    }

    private static TicketProof sold(StoreId norte, PartId part, KeyPair keys) throws GeneralSecurityException {
        Tax tax = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, "02");
        Price price = new Price(Money.mxn(48_900), true);
        LineAmounts amounts = LineAmounts.of(price, Quantity.ONE, Money.mxn(0), tax);
        TicketProof bare = new TicketProof(
                UUID.randomUUID(),
                norte,
                new Folio("N1", 417),
                Instant.ofEpochSecond(Instant.now().getEpochSecond() - 3_600),
                LocalDate.now(java.time.ZoneOffset.UTC).minusDays(1),
                Set.of(Tender.Kind.CASH),
                null,
                amounts.total(),
                0,
                List.of(new TicketProof.Line(
                        UUID.randomUUID(), SaleLine.Kind.PART, part, Quantity.ONE, price, amounts, tax)),
                new byte[64]);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(bare.message());
        return bare.signed(signer.sign());
    }
}
