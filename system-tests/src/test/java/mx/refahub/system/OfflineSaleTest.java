package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.system.client.Answer;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.client.TillHands;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One shop through a day: stocked, sold online, sold with the hub away, killed and started again. */
@ExtendWith(OneShop.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OfflineSaleTest {
    static final String HEADER =
            "line_code,part_number,brand,name_es,name_en,category,unit,list_price,price_includes_tax,currency,tax_class,core_amount,sat_code,sat_unit,tax_object\n";
    static final String NEW_PART =
            "ZZZ,Ñandú-№7/α,Marca Ñ,Tornillo de prueba «Ñ» 试,Test bolt,Tornillería,PZA,489.00,true,MXN,general,,25171712,H87,02\n";

    private final Shop shop;
    private final List<String> folios = new ArrayList<>();

    OfflineSaleTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    @Order(1)
    void an_imported_part_is_found_at_the_store_within_five_seconds() throws IOException, InterruptedException {
        Shop.Printed printed = shop.run("catalogue-import", Map.of("parts", shop.file("parts.csv", HEADER + NEW_PART)));
        assertThat(printed.text()).as(printed.text()).contains("Piezas nuevas: 1");
        assertThat(printed.exit()).isZero();
        TillHands till = shop.signedInTill();
        Shop.await("the part is found at the store", () -> priceOf(till, "Ñandú-№7/α") == 48900);
    }

    @Test
    @Order(2)
    void a_sale_with_the_hub_there_stands_at_the_hub_to_the_centavo() throws IOException, InterruptedException {
        TillHands till = shop.signedInTill();
        till.openDrawerOnce(till.firstRegister(), 50000);
        JsonNode sale = sell(till, "ALT 23-11254");
        assertThat(sale.path("totals").path("total").path("minor").asLong()).isEqualTo(385000);
        awaitAtHub(sale);
    }

    @Test
    @Order(3)
    void a_sale_with_the_hub_killed_reaches_it_once_when_it_is_back() throws IOException, InterruptedException {
        shop.hubProcess().kill();
        TillHands till = shop.signedInTill();
        List<JsonNode> sales = new ArrayList<>();
        for (int i = 0; i < 5; i++) sales.add(sell(till, "FRI 7974-D1045"));
        shop.startHub(Map.of());
        for (JsonNode sale : sales) awaitAtHub(sale);
        assertEachStandsOnce();
    }

    @Test
    @Order(4)
    void a_store_killed_right_after_the_sale_has_it_and_sends_it_when_it_is_back()
            throws IOException, InterruptedException {
        JsonNode sale = sell(shop.signedInTill(), "FRI 7974-D1045");
        shop.storeProcess().kill();
        shop.startStore(Map.of());
        TillHands till = shop.signedInTill();
        assertThat(till.http()
                        .get("/pos/api/sales/" + sale.path("id").asString())
                        .orThrow()
                        .json()
                        .path("folio"))
                .isEqualTo(sale.path("folio"));
        awaitAtHub(sale);
        assertEachStandsOnce();
    }

    @Test
    @Order(5)
    void paying_twice_and_adding_twice_with_the_same_act_changes_nothing() throws IOException, InterruptedException {
        TillHands till = shop.signedInTill();
        String ticket = till.ticketInHand(till.firstRegister()).path("id").asString();
        UUID act = UUID.randomUUID();
        till.add(ticket, act, "FRI 7974-D1045", "1");
        JsonNode again = till.add(ticket, act, "FRI 7974-D1045", "1");
        assertThat(again.path("totals").path("total").path("minor").asLong()).isEqualTo(48900);
        Answer first = till.payCash(ticket, 48900, 50000).orThrow();
        Answer second = till.payCash(ticket, 48900, 50000).orThrow();
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(first.json().path("change").path("minor").asLong()).isEqualTo(1100);
        folios.add(first.json().path("folio").asString());
        awaitAtHub(first.json());
    }

    @Test
    @Order(6)
    void a_changed_price_reaches_the_stores_search_within_five_seconds() throws IOException, InterruptedException {
        shop.run(
                "catalogue-import",
                Map.of("parts", shop.file("price.csv", HEADER + NEW_PART.replace("489.00", "512.50"))));
        TillHands till = shop.signedInTill();
        Shop.await("the new price", () -> priceOf(till, "Ñandú-№7/α") == 51250);
    }

    @Test
    @Order(7)
    void a_wrong_file_says_what_is_wrong_and_leaves_the_catalogue_alone() throws IOException, InterruptedException {
        Shop.Printed printed =
                shop.run("catalogue-import", Map.of("parts", shop.file("short.csv", "line_code,part_number\nFRI,1\n")));
        assertThat(printed.exit()).isEqualTo(1);
        assertThat(printed.text()).contains("brand").doesNotContain("Exception");
        assertThat(priceOf(shop.signedInTill(), "7974-D1045")).isEqualTo(48900);
    }

    private static long priceOf(TillHands till, String number) throws IOException, InterruptedException {
        JsonNode found = till.search(number);
        return found.path("hits").path(0).path("price").path("minor").asLong();
    }

    private JsonNode sell(TillHands till, String part) throws IOException, InterruptedException {
        String ticket = till.ticketInHand(till.firstRegister()).path("id").asString();
        long total = till.add(ticket, UUID.randomUUID(), part, "1")
                .path("totals")
                .path("total")
                .path("minor")
                .asLong();
        JsonNode sale = till.payCash(ticket, total, total).orThrow().json();
        folios.add(sale.path("folio").asString());
        return sale;
    }

    private void awaitAtHub(JsonNode sale) throws IOException, InterruptedException {
        String total = sale.path("totals").path("total").path("text").asString();
        HubHands hub = shop.signedInHub();
        Shop.await("sale " + sale.path("folio") + " at the hub", () -> {
            JsonNode documents = hub.http()
                    .get("/console/api/documents?type=sale&limit=200")
                    .orThrow()
                    .json();
            return documents.toString().contains(sale.path("folio").asString())
                    && documents.toString().contains(total);
        });
    }

    /** No folio is missing at the hub, and none stands there twice. */
    private void assertEachStandsOnce() throws IOException, InterruptedException {
        JsonNode list = shop.signedInHub()
                .http()
                .get("/console/api/documents?limit=200&type=sale")
                .orThrow()
                .json()
                .path("documents");
        List<String> summaries = new ArrayList<>();
        list.forEach(document -> summaries.add(document.path("summary").asString()));
        assertThat(folios)
                .doesNotHaveDuplicates()
                .allSatisfy(folio -> assertThat(summaries)
                        .filteredOn(summary -> summary.contains(folio))
                        .hasSize(1));
    }
}
