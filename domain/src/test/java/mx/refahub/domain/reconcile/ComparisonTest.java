package mx.refahub.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.reconcile.Finding.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);
    private static final List<String> TYPES = List.of("sale", "cash-movement", "stock-count");

    @Test
    void ends_that_hold_the_same_exchange_one_line_for_each_day_and_type() {
        Books store = Books.of(3_000, 5);

        Comparison.Result result = compare(store, store.copy());

        assertThat(result.equal()).isTrue();
        assertThat(result.cells()).hasSize(15).allMatch(Comparison.Compared::equal);
        assertThat(result.exchanged()).isEqualTo(15);
        assertThat(result.cells().stream()
                        .mapToLong(cell -> cell.store().count())
                        .sum())
                .isEqualTo(3_000);
    }

    /** Any set of missing, altered and unbooked documents is found, and exactly that set, for a logarithmic number of lines. */
    @Property(tries = 300)
    void whatever_differs_is_found_and_nothing_else(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20_000) int documents,
            @ForAll @IntRange(max = 12) int wrong) {
        Random random = new Random(seed);
        Books store = Books.of(documents, 1 + random.nextInt(7));
        Books hub = store.copy();
        Map<Long, Kind> expected = new TreeMap<>();
        for (int i = 0; i < wrong; i++) {
            long sequence = 1 + random.nextInt(documents);
            if (!expected.containsKey(sequence)) expected.put(sequence, spoil(random, store, hub, sequence));
        }

        Comparison.Result result = compare(store, hub);

        Map<Long, Kind> found = new TreeMap<>();
        result.findings()
                .forEach(finding -> assertThat(found.put(finding.sequence(), finding.kind()))
                        .isNull());
        assertThat(found).isEqualTo(expected);
        assertThat(result.more()).isFalse();
        long levels = 2 + (long) Math.ceil(Math.log(documents) / Math.log(Comparison.FAN));
        assertThat(result.exchanged())
                .isLessThanOrEqualTo(
                        result.cells().size() + expected.size() * (Comparison.FAN * levels + Comparison.LISTED));
    }

    @Test
    void when_nearly_all_differs_it_stops_and_says_that_there_is_more() {
        Books store = Books.of(20_000, 1);

        Comparison.Result result = compare(store, Books.of(0, 1));

        assertThat(result.more()).isTrue();
        assertThat(result.findings().size())
                .isBetween(Comparison.MOST_FINDINGS, Comparison.MOST_FINDINGS + 8 * Comparison.MOST_RANGES);
        assertThat(result.findings()).allMatch(finding -> finding.kind() == Kind.MISSING_AT_HUB);
    }

    @Test
    void two_errors_whose_sums_cancel_out_are_found_all_the_same() {
        Books store = Books.of(50, 1);
        Books hub = store.copy();
        hub.amount(3, 100L + 7);
        hub.amount(4, 100L - 7);

        Comparison.Result result = compare(store, hub);

        assertThat(result.cells()).allMatch(cell -> cell.store().sum() >= 0);
        assertThat(result.findings()).extracting(Finding::kind).containsOnly(Kind.BOOKED_DIFFERENTLY);
    }

    private static Kind spoil(Random random, Books store, Books hub, long sequence) {
        return switch (random.nextInt(5)) {
            case 0 -> {
                hub.marks.remove(sequence);
                yield Kind.MISSING_AT_HUB;
            }
            case 1 -> {
                store.marks.remove(sequence);
                yield Kind.MISSING_AT_STORE;
            }
            case 2 -> {
                Mark mark = hub.marks.get(sequence);
                hub.marks.put(sequence, new Mark(sequence, mark.id(), "ff" + mark.hash(), mark.amount()));
                yield Kind.DIFFERS;
            }
            case 3 -> {
                hub.amount(sequence, null);
                yield Kind.NOT_BOOKED;
            }
            default -> {
                hub.amount(sequence, 1_000_000L + sequence);
                yield Kind.BOOKED_DIFFERENTLY;
            }
        };
    }

    private static Comparison.Result compare(Books store, Books hub) {
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < 8; i++) days.add(day(i));
        return new Comparison(store, hub).run(days, 1, 20_000);
    }

    private static Day day(int i) {
        LocalDate date = MONDAY.plusDays(i);
        Instant from = date.atStartOfDay(ZoneOffset.ofHours(-6)).toInstant();
        return new Day(date, from, from.plusSeconds(86_400));
    }

    /** An end in memory. */
    private static final class Books implements Side {
        private final TreeMap<Long, Mark> marks = new TreeMap<>();
        private final Map<Long, Cell> cells = new HashMap<>();

        static Books of(int documents, int days) {
            Books books = new Books();
            for (long n = 1; n <= documents; n++) {
                books.marks.put(n, new Mark(n, new UUID(7, n), Long.toHexString(n * 31), 100L));
                books.cells.put(
                        n, new Cell(day((int) ((n - 1) * days / documents)), TYPES.get((int) (n % TYPES.size()))));
            }
            return books;
        }

        Books copy() {
            Books copy = new Books();
            copy.marks.putAll(marks);
            copy.cells.putAll(cells);
            return copy;
        }

        void amount(long sequence, @org.jspecify.annotations.Nullable Long amount) {
            Mark mark = marks.get(sequence);
            marks.put(sequence, new Mark(sequence, mark.id(), mark.hash(), amount));
        }

        @Override
        public Map<Cell, Summary> cells(List<Day> days, long first, long last) {
            Map<Cell, Summary.Tally> tallies = new HashMap<>();
            marks.subMap(first, true, last, true)
                    .values()
                    .forEach(mark -> tallies.computeIfAbsent(cells.get(mark.sequence()), cell -> new Summary.Tally())
                            .add(mark));
            Map<Cell, Summary> all = new HashMap<>();
            tallies.forEach((cell, tally) -> all.put(cell, tally.summary()));
            return all;
        }

        @Override
        public List<Summary> summaries(List<Range> ranges) {
            return ranges.stream()
                    .map(range -> {
                        Summary.Tally tally = new Summary.Tally();
                        in(range).forEach(tally::add);
                        return tally.summary();
                    })
                    .toList();
        }

        @Override
        public List<List<Mark>> marks(List<Range> ranges) {
            return ranges.stream().map(this::in).toList();
        }

        private List<Mark> in(Range range) {
            return marks.subMap(range.first(), true, range.last(), true).values().stream()
                    .filter(mark -> cells.get(mark.sequence()).equals(range.cell()))
                    .toList();
        }
    }
}
