package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.system.client.Answer;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.client.TillHands;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** One shop through a day: stocked, sold online, sold with the hub away, killed and started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OfflineSaleTest {
    private static final String HEADER =
            "line_code,part_number,brand,name_es,name_en,category,unit,list_price,price_includes_tax,currency,tax_class,core_amount,sat_code,sat_unit,tax_object\n";
    private static final String PAD =
            "FRI,7974-D1045,Fritec,Balata delantera cerámica,Front pad,Frenos/Balatas,JGO,489.00,true,MXN,general,,25171712,SET,02\n";
    private static final String ALTERNATOR =
            "ALT,23-11254,Altec,Alternador,Alternator,Eléctrico/Alternadores,PZA,3250.00,true,MXN,general,600.00,26101500,H87,02\n";

    private @Nullable Shop opened;
    private final List<String> folios = new ArrayList<>();

    @BeforeAll
    void open() throws IOException, InterruptedException {
        opened = Shop.opened("day");
    }

    @AfterAll
    void close() {
        if (opened != null) opened.close();
    }

    @Test
    @Order(1)
    void an_imported_part_is_found_at_the_store_within_five_seconds() throws IOException, InterruptedException {
        Shop.Printed printed =
                shop().run("catalogue-import", Map.of("parts", shop().file("parts.csv", HEADER + PAD + ALTERNATOR)));
        assertThat(printed.text()).as(printed.text()).contains("2");
        assertThat(printed.exit()).isZero();
        TillHands till = shop().signedInTill();
        Shop.await("the part is found at the store", () -> priceOf(till, "7974d1045") == 48900);
    }

    @Test
    @Order(2)
    void a_sale_with_the_hub_there_stands_at_the_hub_to_the_centavo() throws IOException, InterruptedException {
        TillHands till = shop().signedInTill();
        till.openDrawer(till.firstRegister(), 50000);
        JsonNode sale = sell(till, "ALT 23-11254");
        assertThat(sale.path("totals").path("total").path("minor").asLong()).isEqualTo(385000);
        awaitAtHub(sale);
    }

    @Test
    @Order(3)
    void a_sale_with_the_hub_killed_reaches_it_once_when_it_is_back() throws IOException, InterruptedException {
        shop().hubProcess().kill();
        TillHands till = shop().signedInTill();
        List<JsonNode> sales = new ArrayList<>();
        for (int i = 0; i < 5; i++) sales.add(sell(till, "FRI 7974-D1045"));
        shop().startHub(Map.of());
        for (JsonNode sale : sales) awaitAtHub(sale);
        assertThat(documents("sale")).isEqualTo(folios.size());
    }

    @Test
    @Order(4)
    void a_store_killed_right_after_the_sale_has_it_and_sends_it_when_it_is_back()
            throws IOException, InterruptedException {
        JsonNode sale = sell(shop().signedInTill(), "FRI 7974-D1045");
        shop().storeProcess().kill();
        shop().startStore(Map.of());
        TillHands till = shop().signedInTill();
        assertThat(till.http()
                        .get("/pos/api/sales/" + sale.path("id").asString())
                        .orThrow()
                        .json()
                        .path("folio"))
                .isEqualTo(sale.path("folio"));
        awaitAtHub(sale);
        assertThat(folios).doesNotHaveDuplicates();
        assertThat(documents("sale")).isEqualTo(folios.size());
    }

    @Test
    @Order(5)
    void paying_twice_and_adding_twice_with_the_same_act_changes_nothing() throws IOException, InterruptedException {
        TillHands till = shop().signedInTill();
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
        shop().run(
                        "catalogue-import",
                        Map.of("parts", shop().file("price.csv", HEADER + PAD.replace("489.00", "512.50"))));
        TillHands till = shop().signedInTill();
        Shop.await("the new price", () -> priceOf(till, "7974-D1045") == 51250);
    }

    @Test
    @Order(7)
    void a_wrong_file_says_what_is_wrong_and_leaves_the_catalogue_alone() throws IOException, InterruptedException {
        Shop.Printed printed = shop().run(
                        "catalogue-import",
                        Map.of("parts", shop().file("short.csv", "line_code,part_number\nFRI,1\n")));
        assertThat(printed.exit()).isEqualTo(1);
        assertThat(printed.text()).contains("brand").doesNotContain("Exception");
        assertThat(shop().signedInTill().search("7974-D1045").path("total").asLong())
                .isEqualTo(1);
    }

    private static long priceOf(TillHands till, String number) throws IOException, InterruptedException {
        JsonNode found = till.search(number);
        return found.path("total").asLong() == 1
                ? found.path("hits").path(0).path("price").path("minor").asLong()
                : 0;
    }

    private Shop shop() {
        return Objects.requireNonNull(opened, "the shop did not open");
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
        HubHands hub = shop().signedInHub();
        Shop.await("sale " + sale.path("folio") + " at the hub", () -> {
            JsonNode documents = hub.http()
                    .get("/console/api/documents?type=sale&limit=200")
                    .orThrow()
                    .json();
            return documents.toString().contains(sale.path("folio").asString())
                    && documents.toString().contains(total);
        });
    }

    private long documents(String type) throws IOException, InterruptedException {
        JsonNode json = shop().signedInHub()
                .http()
                .get("/console/api/documents?limit=200&type=" + type)
                .orThrow()
                .json();
        JsonNode list = json.isArray() ? json : json.path("documents");
        return list.size();
    }
}
