package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a search over HTTP may cost, whatever is asked; and its filters. */
class SearchBoundsTest {
    private static final String SEARCH = "/api/v1/catalog/search?q=";
    private static Desk desk;
    private static Desk.Browser marta;

    @BeforeAll
    static void open() {
        desk = Desk.open();
        marta = desk.signedIn(Role.CASHIER);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void a_question_of_ten_thousand_characters_is_cut_or_refused_and_the_next_is_answered() {
        Desk.Answer cut = marta.get(SEARCH + "balata+".repeat(900));
        assertThat(cut.status()).isEqualTo(200);

        Desk.Answer refused = marta.get(SEARCH + "x".repeat(10_000));
        assertThat(refused.status()).isBetween(400, 431);

        JsonNode next = marta.get(SEARCH + "BKR6E11").json();
        assertThat(next.path("hits").path(0).path("partNumber").asString()).isEqualTo("BKR6E-11");
    }

    @Test
    void pages_end_where_nobody_reads_on() {
        assertThat(marta.get(SEARCH + "balata&limit=100&offset=" + PartQuery.MAX_OFFSET)
                        .status())
                .isEqualTo(200);
        for (String beyond : List.of(
                "&offset=" + (PartQuery.MAX_OFFSET + 1), "&limit=101", "&limit=0", "&offset=-1", "&limit=2147483648"))
            assertThat(marta.get(SEARCH + "balata" + beyond).status())
                    .as(beyond)
                    .isEqualTo(400);
    }

    @Test
    void facets_are_counted_when_asked_for_and_narrow_with_stock() {
        assertThat(marta.get(SEARCH + "balata").json().path("facets").isNull()).isTrue();

        JsonNode all = marta.get(SEARCH + "balata&facets=true").json();
        JsonNode stocked = marta.get(SEARCH + "balata&facets=true&stocked=true").json();

        assertThat(stocked.path("total").asInt())
                .isEqualTo(all.path("facets").path("stocked").asInt())
                .isLessThan(all.path("total").asInt());
        for (JsonNode hit : stocked.path("hits"))
            assertThat(hit.path("stock").path("value").asDouble()).isPositive();
    }

    @Test
    void the_status_tells_how_often_prices_came_out_of_memory() {
        JsonNode cards = desk.browser().get("/api/status").json().path("cards");
        assertThat(cards.has("hits")).isTrue();
        assertThat(cards.has("misses")).isTrue();
    }
}
