package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.Function;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import mx.refahub.pos.desk.DeskOrders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StockApiTest {
    private static final String PLUG = "0087295127971";
    private static final String INVENTORY = "/pos/api/inventory";
    private static final String NORTE = "01890000-0000-7000-8000-00000000000b";
    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = Desk.open();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static String plug(Desk.Browser browser) {
        return browser.get(INVENTORY + "/find?code=" + PLUG)
                .json()
                .path("parts")
                .path(0)
                .path("part")
                .path("part")
                .asString();
    }

    private static String line(String part, String quantity, String cost) {
        return "{\"id\":\"%s\",\"part\":\"%s\",\"quantity\":\"%s\",\"cost\":\"%s\",\"bin\":\"\",\"lost\":\"\"}"
                .formatted(UUID.randomUUID(), part, quantity, cost);
    }

    @Test
    void what_is_asked_of_another_branch_is_only_asked_for_and_says_how_old_the_figure_is() {
        Desk.Browser cashier = desk.signedIn(Role.CASHIER);
        String asking =
                "{\"act\":\"%s\",\"giver\":\"%s\",\"part\":\"%s\",\"quantity\":\"%s\",\"forWhom\":\"Taller\",\"hours\":48}";
        Desk.Answer asked =
                cashier.post(INVENTORY + "/leases", asking.formatted(UUID.randomUUID(), NORTE, plug(cashier), "2"));

        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        assertThat(asked.json().path("state").asString()).isEqualTo("ASKED");
        assertThat(asked.json().path("asOf").asString()).isNotEmpty();
        assertThat(cashier.post(INVENTORY + "/leases", asking.formatted(UUID.randomUUID(), NORTE, plug(cashier), "dos"))
                        .code())
                .isEqualTo("stock-quantity-text");
        JsonNode open = cashier.get(INVENTORY + "/leases").json();
        assertThat(open.path("leases")).hasSize(1);
        assertThat(cashier.post(
                                INVENTORY + "/leases/" + asked.json().path("id").asString() + "/withdraw",
                                "{\"why\":\"ya no\"}")
                        .status())
                .isEqualTo(200);
        assertThat(desk.signedIn(Role.MECHANIC).get(INVENTORY + "/leases").status())
                .isEqualTo(403);
    }

    @Test
    void old_pieces_are_given_to_a_supplier_and_labels_of_changed_prices_are_printed_once() {
        Desk.Browser warehouse = desk.signedIn(Role.WAREHOUSE);
        JsonNode lying =
                warehouse.get(INVENTORY + "/cores").json().path("parts").path(0);
        assertThat(lying.path("quantity").path("value").asInt()).isEqualTo(3);
        String giving = "{\"act\":\"%s\",\"supplier\":\"%s\",\"lines\":[%s]}";
        String part = lying.path("part").path("part").asString();
        assertThat(warehouse
                        .post(INVENTORY + "/cores", giving.formatted(UUID.randomUUID(), " ", line(part, "1", "")))
                        .code())
                .isEqualTo("cores-supplier-missing");
        Desk.Answer given = warehouse.post(
                INVENTORY + "/cores",
                giving.formatted(
                        UUID.randomUUID(), "Bujías del Norte", line(part, "3", "") + "," + line(part, "-1", "")));
        assertThat(given.json().path("document").path("lines").asInt()).isEqualTo(1);
        assertThat(given.json().path("refused").path(0).path("code").asString())
                .isEqualTo("stock-quantity-not-positive");
        assertThat(warehouse.get(INVENTORY + "/cores").json().path("parts")).isEmpty();

        assertThat(warehouse.get("/pos/api/shelf-labels").json().path("labels")).hasSize(1);
        String print = "{\"act\":\"%s\",\"parts\":[]}";
        assertThat(warehouse
                        .post("/pos/api/shelf-labels", print.formatted(UUID.randomUUID()))
                        .json()
                        .path("labels")
                        .asInt())
                .isEqualTo(1);
        assertThat(warehouse
                        .post("/pos/api/shelf-labels", print.formatted(UUID.randomUUID()))
                        .code())
                .isEqualTo("shelf-labels-none");
        assertThat(desk.signedIn(Role.MECHANIC).get(INVENTORY + "/cores").status())
                .isEqualTo(403);
    }

    @Test
    void good_lines_of_a_receipt_go_in_and_the_bad_ones_come_back_with_their_reason() {
        Desk.Browser manager = desk.signedIn(Role.MANAGER);
        String plug = plug(manager);
        String body = "{\"act\":\"%s\",\"supplier\":\"Proveedora\",\"currency\":\"MXN\",\"lines\":[%s]}"
                .formatted(
                        UUID.randomUUID(),
                        String.join(
                                ",",
                                line(plug, "2", "10.50"),
                                line(plug, "dos", "10"),
                                line(plug, "", "10"),
                                line(plug, "1,50", "10"),
                                line(plug, "1", "1,5,5"),
                                line(plug, "-3", "10"),
                                line(plug, "1.5", "10"),
                                line(plug, "99999999999999999999", "10"),
                                line(plug, "1", "diez"),
                                line(plug, "1", "-1"),
                                line(UUID.randomUUID().toString(), "1", "10")));

        Desk.Answer answer = manager.post(INVENTORY + "/receipts", body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("document").path("lines")).hasSize(1);
        assertThat(answer.json().path("document").path("value").path("text").asString())
                .isEqualTo("$21.00");
        assertThat(answer.json().path("refused"))
                .extracting(each -> each.path("code").asString())
                .containsExactly(
                        "stock-quantity-text",
                        "stock-quantity-missing",
                        "stock-quantity-text",
                        "stock-cost-text",
                        "stock-quantity-not-positive",
                        "stock-quantity-fraction",
                        "stock-quantity-giant",
                        "stock-cost-text",
                        "stock-cost-negative",
                        "stock-part-unknown");
        assertThat(answer.json().path("refused").path(0).path("text").asString())
                .contains("dos");
    }

    @Test
    void an_order_is_shown_with_what_is_to_come_and_a_line_without_a_cost_takes_the_orders() {
        Desk.Browser warehouse = desk.signedIn(Role.WAREHOUSE);
        JsonNode order = warehouse
                .get(INVENTORY + "/purchase-orders")
                .json()
                .path("orders")
                .path(0);
        assertThat(order.path("lines").path(0).path("open").path("text").asString())
                .isEqualTo("6");
        assertThat(order.path("lines").path(0).path("cost").asString()).isEmpty();
        assertThat(order.path("lines").path(0).path("stock").path("text").asString())
                .isEqualTo(warehouse
                        .get(INVENTORY + "/find?code=" + PLUG)
                        .json()
                        .path("parts")
                        .path(0)
                        .path("stock")
                        .path("text")
                        .asString())
                .isNotBlank();

        Desk.Answer answer = warehouse.post(
                INVENTORY + "/receipts",
                "{\"act\":\"%s\",\"supplier\":\"Bujías del Norte\",\"currency\":\"MXN\",\"order\":\"%s\",\"lines\":[%s]}"
                        .formatted(UUID.randomUUID(), DeskOrders.ORDER, line(plug(warehouse), "2", "")));

        assertThat(answer.json().path("document").path("lines"))
                .as(answer.toString())
                .hasSize(1);
        assertThat(desk.signedIn(Role.CASHIER)
                        .get(INVENTORY + "/purchase-orders")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_line_beyond_its_order_comes_back_with_the_figures_and_comes_in_once_a_manager_answers_for_it() {
        Desk.Browser warehouse = desk.signedIn(Role.WAREHOUSE);
        String plug = plug(warehouse);
        String receipt =
                "{\"act\":\"%s\",\"supplier\":\"Bujías del Norte\",\"currency\":\"MXN\",\"orderNumber\":\"oc-000007\",\"lines\":[%s,%s],\"surplus\":%s}";
        String good = line(plug, "6", "");
        String beyond = line(plug, "7", "");
        Function<String, Desk.Answer> send = surplus ->
                warehouse.post(INVENTORY + "/receipts", receipt.formatted(UUID.randomUUID(), good, beyond, surplus));

        Desk.Answer refused = send.apply("null");

        assertThat(refused.json().path("document").path("lines"))
                .as(refused.toString())
                .hasSize(1);
        assertThat(refused.json().path("refused")).singleElement().satisfies(line -> {
            assertThat(line.path("code").asString()).isEqualTo("receipt-beyond");
            assertThat(line.path("text").asString())
                    .contains("OC-000007", "se pidieron 10", "llegaron 4", "de estas 7 sobran 1");
        });
        String kept = "{\"reason\":\"%s\",\"approval\":%s}";
        String approval = "{\"user\":\"%s\",\"pin\":\"%s\"}";
        assertThat(send.apply(kept.formatted(" ", "null")).code()).isEqualTo("receipt-surplus-reason");
        assertThat(send.apply(kept.formatted("de regalo", "null")).code()).isEqualTo("receipt-needs-approval");
        assertThat(send.apply(kept.formatted("de regalo", approval.formatted("marta", "482915")))
                        .code())
                .isEqualTo("receipt-approver-wrong");
        assertThat(send.apply(kept.formatted("de regalo", approval.formatted("toño", "111111")))
                        .status())
                .isGreaterThanOrEqualTo(400);
        Desk.Answer taken = send.apply(kept.formatted("de regalo", approval.formatted("toño", "482915")));
        assertThat(taken.json().path("document").path("lines"))
                .as(taken.toString())
                .hasSize(2);
        assertThat(taken.json().path("refused")).isEmpty();
        String one = INVENTORY + "/purchase-orders/";
        assertThat(warehouse.get(one + DeskOrders.ORDER).json().path("number").asString())
                .isEqualTo("OC-000007");
        assertThat(warehouse.get(one + UUID.randomUUID()).code()).isEqualTo("order-unheard");
        assertThat(desk.signedIn(Role.CASHIER).get(one + DeskOrders.ORDER).status())
                .isEqualTo(403);
    }

    @Test
    void charges_are_read_field_by_field_and_what_an_invoice_brings_is_shown_without_its_costs() {
        Desk.Browser warehouse = desk.signedIn(Role.WAREHOUSE);
        JsonNode expected = warehouse
                .get(INVENTORY + "/purchase-orders")
                .json()
                .path("orders")
                .path(0)
                .path("expected")
                .path(0);
        assertThat(expected.path("reference").asString()).isEqualTo("A 77");
        assertThat(expected.path("lines").path(0).path("quantity").path("text").asString())
                .isEqualTo("5");
        assertThat(expected.path("lines").path(0).path("cost").asString()).isEmpty();
        String receipt =
                "{\"act\":\"%s\",\"supplier\":\"Bujías del Norte\",\"currency\":\"MXN\",\"order\":\"%s\",\"invoice\":\"%s\",\"lines\":[%s],\"charges\":%s}";
        String line = line(plug(warehouse), "2", "");
        Function<String, Desk.Answer> send = charges -> warehouse.post(
                INVENTORY + "/receipts",
                receipt.formatted(UUID.randomUUID(), DeskOrders.ORDER, DeskOrders.INVOICE, line, charges));

        assertThat(send.apply("{\"freight\":\"mucho\",\"by\":\"VALUE\"}").code())
                .isEqualTo("landed-amount");
        assertThat(send.apply("{\"duty\":\"-1\",\"by\":\"VALUE\"}").code()).isEqualTo("landed-amount");
        assertThat(send.apply("{\"other\":\"999999999\",\"by\":\"VALUE\"}").code())
                .isEqualTo("landed-amount");
        assertThat(send.apply("{\"freight\":\"10\",\"by\":\"WEIGHT\",\"weights\":{}}")
                        .code())
                .isEqualTo("landed-weight");
        assertThat(send.apply("{\"freight\":\"10\",\"by\":\"OTRO\"}").status()).isEqualTo(400);
        assertThat(send.apply("{\"freight\":\"$1,350.50\",\"by\":\"VALUE\"}").status())
                .isEqualTo(200);
    }

    @Test
    void costs_are_shown_to_whom_they_concern() {
        Desk.Browser manager = desk.signedIn(Role.MANAGER);
        String kardex = INVENTORY + "/parts/" + plug(manager) + "/movements";

        assertThat(manager.get(kardex).json().path("average").isNull()).isFalse();
        assertThat(desk.signedIn(Role.CASHIER)
                        .get(kardex)
                        .json()
                        .path("average")
                        .isNull())
                .isTrue();
    }

    @Test
    void prices_are_asked_for_and_what_stands_here_is_told_at_once() {
        Desk.Answer asked = desk.signedIn(Role.CASHIER).post(INVENTORY + "/sync-prices", "{}");

        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        assertThat(asked.json().path("prices").path("version").asLong()).isEqualTo(7);
        assertThat(asked.json().path("prices").path("since").asString()).isNotBlank();
        assertThat(asked.json().path("book").path("since").isNull()).isTrue();
    }

    @Test
    void other_branches_are_shown_with_the_age_of_their_figure() {
        Desk.Browser marta = desk.signedIn(Role.CASHIER);

        JsonNode branches = marta.get(INVENTORY + "/stock-by-branch?part=" + plug(marta))
                .json()
                .path("parts")
                .path(0)
                .path("branches");

        assertThat(branches.path(0).path("own").asBoolean()).isTrue();
        assertThat(branches.path(1).path("code").asString()).isEqualTo("NTE");
        assertThat(branches.path(1).path("asOf").asString()).isNotBlank();
    }

    @Test
    void a_transfer_goes_out_and_a_mistyped_number_is_told_apart_from_an_unknown_one() {
        Desk.Browser manager = desk.signedIn(Role.MANAGER);
        String plug = plug(manager);
        JsonNode sent = manager.post(
                        INVENTORY + "/transfers",
                        "{\"act\":\"%s\",\"to\":\"%s\",\"lines\":[%s]}"
                                .formatted(UUID.randomUUID(), NORTE, line(plug, "2", "")))
                .json();
        String number = sent.path("document").path("number").asString();

        assertThat(manager.get(INVENTORY + "/transfers/" + number)
                        .json()
                        .path("lines")
                        .path(0)
                        .path("open")
                        .path("text")
                        .asString())
                .isEqualTo("2");
        assertThat(manager.get(INVENTORY + "/transfers/" + number + "X").code()).isEqualTo("transfer-number-wrong");
        assertThat(manager.post(
                                INVENTORY + "/transfers",
                                "{\"act\":\"%s\",\"to\":\"%s\",\"lines\":[%s]}"
                                        .formatted(UUID.randomUUID(), UUID.randomUUID(), line(plug, "2", "")))
                        .code())
                .isEqualTo("branch-unknown");
    }

    @Test
    void none_can_be_counted_but_not_fewer_than_none() {
        Desk.Browser marta = desk.signedIn(Role.CASHIER);
        String plug = plug(marta);
        UUID count = UUID.randomUUID();
        marta.post(INVENTORY + "/counts", "{\"id\":\"%s\",\"bin\":\"A-2\"}".formatted(count));
        String entries = INVENTORY + "/counts/" + count + "/entries";

        Desk.Answer none = marta.post(entries, "{\"line\":%s,\"replaces\":true}".formatted(line(plug, "0", "")));
        Desk.Answer fewer = marta.post(entries, "{\"line\":%s,\"replaces\":true}".formatted(line(plug, "-1", "")));

        assertThat(none.json().path("line").path("quantity").path("text").asString())
                .isEqualTo("0");
        assertThat(fewer.json().path("refused").path("text").asString())
                .isEqualTo("La cantidad no puede ser negativa y dice -1. Si no hay ninguna, escribe 0.");
    }

    @Test
    void who_counts_is_not_told_what_should_be_there() {
        Desk.Browser marta = desk.signedIn(Role.CASHIER);
        String plug = plug(marta);
        UUID count = UUID.randomUUID();
        marta.post(INVENTORY + "/counts", "{\"id\":\"%s\",\"bin\":\"A-1\"}".formatted(count));
        String entry = "{\"line\":%s,\"replaces\":false}".formatted(line(plug, "3", ""));

        marta.post(INVENTORY + "/counts/" + count + "/entries", entry);
        Desk.Answer again = marta.post(INVENTORY + "/counts/" + count + "/entries", entry);

        assertThat(again.json().path("line").path("quantity").path("text").asString())
                .isEqualTo("3");
        assertThat(marta.get(INVENTORY + "/counts/" + count + "/review").status())
                .isEqualTo(403);
        assertThat(desk.signedIn(Role.MANAGER)
                        .get(INVENTORY + "/counts/" + count + "/review")
                        .json()
                        .path("counted")
                        .asInt())
                .isEqualTo(1);
    }
}
