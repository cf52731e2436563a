package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Among hits that are equally good: what is in stock here, then near, then what sells. */
class RankingTest {
    @TempDir
    Path folder;

    @Test
    void stock_here_comes_before_stock_near_before_sales_and_better_hits_stay_above() throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            shelf.rebuild(1, List.of(sold("1", 0), sold("2", 9), sold("3", 0), sold("4", 3), number("TUERCA")));
            List<PartHits.Hit> plain = shelf.search.find(nuts(0, 20)).hits();
            assertThat(shelf.found(nuts(0, 20)))
                    .containsExactly("RK TUERCA EXACT", "RK 2 WORD", "RK 4 WORD", "RK 1 WORD", "RK 3 WORD");

            StockBeside stock = new StockBeside()
                    .here(plain.get(4).part())
                    .near(plain.get(3).part(), plain.get(4).part());
            assertThat(Shelf.named(shelf.search.find(nuts(0, 20), stock)))
                    .containsExactly("RK TUERCA EXACT", "RK 3 WORD", "RK 1 WORD", "RK 2 WORD", "RK 4 WORD");
            assertThat(stock.asked).as("one question for all").hasSize(1);
        }
    }

    @Test
    void the_order_is_a_setting_and_with_none_that_of_the_index_stands() throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            shelf.rebuild(1, List.of(sold("1", 0), sold("2", 9)));
            PartId unsold = shelf.search.find(nuts(0, 20)).hits().get(1).part();
            StockBeside stock = new StockBeside().here(unsold);
            try (LuceneSearch bySales = LuceneSearch.start(
                            shelf.snapshots, Duration.ofSeconds(30), List.of(Ranking.By.SALES, Ranking.By.STOCK_HERE));
                    LuceneSearch byNothing = LuceneSearch.start(shelf.snapshots, Duration.ofSeconds(30), List.of())) {
                assertThat(Shelf.named(shelf.search.find(nuts(0, 20), stock)))
                        .first()
                        .isEqualTo("RK 1 WORD");
                assertThat(Shelf.named(bySales.find(nuts(0, 20), stock)))
                        .first()
                        .isEqualTo("RK 2 WORD");
                assertThat(Shelf.named(byNothing.find(nuts(0, 20), stock)))
                        .first()
                        .isEqualTo("RK 2 WORD");
            }
        }
    }

    @Test
    void what_leaves_more_of_its_price_comes_first_where_the_owner_wants_it_so() throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            shelf.rebuild(1, List.of(leaving("1", 3), leaving("2", 12), leaving("3", 0)));
            try (LuceneSearch byMargin =
                    LuceneSearch.start(shelf.snapshots, Duration.ofSeconds(30), List.of(Ranking.By.MARGIN))) {
                PartId any = shelf.search.find(nuts(0, 20)).hits().getFirst().part();
                assertThat(Shelf.named(byMargin.find(nuts(0, 20), new StockBeside().here(any))))
                        .containsExactly("RK 2 WORD", "RK 1 WORD", "RK 3 WORD");
            }
            assertThat(shelf.found(nuts(0, 20))).containsExactly("RK 1 WORD", "RK 2 WORD", "RK 3 WORD");
        }
    }

    @Test
    void a_new_snapshot_was_asked_all_that_a_counter_asks_before_it_serves() throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            shelf.rebuild(
                    1,
                    List.of(Shelf.part(
                            "FRI",
                            "7974-D1045",
                            "Fritec",
                            "Balata",
                            "Pad",
                            "Frenos/Balatas",
                            Shelf.fits("VW", "Jetta", 2011, 2018, "2.5"))));
            OpenSnapshot open = OpenSnapshot.open(shelf.snapshots.published().getFirst(), null);
            try {
                assertThat(WarmUp.questions(open))
                        .extracting(query -> query.text() + " | " + query.model())
                        .containsExactly(
                                "7974-D1045 | ",
                                "7974 | ",
                                "Balatas | ",
                                "Baaltas | ",
                                "Balatas Jetta 2011 | ",
                                " | Jetta");
            } finally {
                open.letGo();
            }
        }
    }

    @Test
    void what_is_in_stock_comes_first_of_all_that_is_as_good_and_pages_neither_repeat_nor_miss_a_part()
            throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            List<IndexedPart> parts = new ArrayList<>();
            for (int i = 0; i < 400; i++) parts.add(sold(String.format(Locale.ROOT, "%03d", i), 0));
            shelf.rebuild(1, parts);
            List<PartId> plain = new ArrayList<>();
            for (int from = 0; from < 400; from += 100)
                shelf.search.find(nuts(from, 100)).hits().forEach(hit -> plain.add(hit.part()));
            StockBeside stock = new StockBeside();
            List<PartId> stocked = new ArrayList<>();
            for (int i = 7; i < 400; i += 13) stocked.add(plain.get(i));
            stock.here(stocked.toArray(PartId[]::new));
            List<PartId> others = new ArrayList<>(plain);
            others.removeAll(stocked);

            for (int size : new int[] {25, 40, 70}) {
                List<PartId> paged = new ArrayList<>();
                for (int from = 0; from < 400; from += size)
                    shelf.search.find(nuts(from, size), stock).hits().forEach(hit -> paged.add(hit.part()));

                assertThat(paged.subList(0, stocked.size())).isEqualTo(stocked);
                assertThat(paged.subList(stocked.size(), 400)).isEqualTo(others);
            }
        }
    }

    @Test
    void a_better_hit_stays_above_what_is_in_stock_far_behind() throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            List<IndexedPart> parts = new ArrayList<>();
            for (int i = 0; i < 150; i++) parts.add(sold(String.format(Locale.ROOT, "%03d", i), 0));
            parts.add(number("TUERCA"));
            shelf.rebuild(1, parts);
            PartId far = shelf.search.find(nuts(140, 1)).hits().getFirst().part();

            assertThat(Shelf.named(shelf.search.find(nuts(0, 2), new StockBeside().here(far))))
                    .containsExactly(
                            "RK TUERCA EXACT",
                            Shelf.named(shelf.search.find(nuts(140, 1))).getFirst());
        }
    }

    @Test
    void more_in_stock_than_come_forward_keeps_the_order_of_the_index_behind() throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            List<IndexedPart> parts = new ArrayList<>();
            for (int i = 0; i < 300; i++) parts.add(sold(String.format(Locale.ROOT, "%03d", i), 0));
            shelf.rebuild(1, parts);
            StockBeside stock = new StockBeside();
            for (int from = 0; from < 300; from += 100)
                for (PartHits.Hit hit : shelf.search.find(nuts(from, 100)).hits()) stock.here(hit.part());

            List<PartId> paged = new ArrayList<>();
            for (int from = 0; from < 300; from += 30)
                shelf.search.find(nuts(from, 30), stock).hits().forEach(hit -> paged.add(hit.part()));

            assertThat(paged).hasSize(300).doesNotHaveDuplicates();
        }
    }

    @Test
    void only_hits_that_may_come_onto_the_page_are_asked_for_their_stock() throws IOException {
        try (Shelf shelf = new Shelf(folder)) {
            List<IndexedPart> parts = new ArrayList<>();
            for (int i = 0; i < 30; i++) parts.add(sold(String.format(Locale.ROOT, "%03d", i), 0));
            for (int i = 0; i < 3; i++)
                parts.add(Shelf.part("RK", "LEAD" + i, "Marca", "Tuerca de seguro", "Lock nut", "Tornillería"));
            shelf.rebuild(1, parts);

            StockBeside large = new StockBeside();
            shelf.search.find(PartQuery.text("tuerca seguro", 2), large);
            assertThat(large.asked.getFirst()).as("the third may take a place").hasSize(3);

            StockBeside equal = new StockBeside();
            shelf.search.find(nuts(0, 2), equal);
            assertThat(equal.asked.getFirst())
                    .as("all are as good as each other")
                    .hasSize(33);
        }
    }

    private static PartQuery nuts(int offset, int limit) {
        return new PartQuery("tuerca", "", "", 0, "", "", limit, offset);
    }

    private static IndexedPart sold(String number, long popularity) {
        IndexedPart part = Shelf.part("RK", number, "Marca", "Tuerca", "Nut", "Tornillería");
        return new IndexedPart(part.part(), part.interchanges(), part.fitments(), popularity);
    }

    private static IndexedPart leaving(String number, long margin) {
        IndexedPart part = Shelf.part("RK", number, "Marca", "Tuerca", "Nut", "Tornillería");
        return new IndexedPart(part.part(), part.interchanges(), part.fitments(), 0, margin);
    }

    private static IndexedPart number(String number) {
        return Shelf.part("RK", number, "Marca", "Otra cosa", "Something else", "Tornillería");
    }
}
