package mx.refahub.store.price;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.ShelfLabels;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.tax.Tax;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shelf labels of changed prices: the list out of the price book in reference.db, what was printed in sales.db. */
public final class SqliteShelfLabels implements ShelfLabels {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteShelfLabels.class);
    private static final int DAYS_BACK = 30;
    private static final int DAYS_AHEAD = 7;

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final Identities identities;
    private final BranchSettings branches;
    private final PartCatalogue catalogue;
    private final PrintQueue queue;
    private final Clock clock;

    public SqliteShelfLabels(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            PartCatalogue catalogue,
            PrintQueue queue,
            Clock clock) {
        this.sales = sales;
        this.reference = reference;
        this.identities = identities;
        this.branches = branches;
        this.catalogue = catalogue;
        this.queue = queue;
        this.clock = clock;
    }

    private record Rule(PartId part, long amount, boolean includesTax, LocalDate starts, long opening, String bin) {
        Key key() {
            return new Key(part, starts, amount);
        }
    }

    private record Key(PartId part, LocalDate starts, long amount) {}

    private record Mark(Key key, Instant at, String by) {}

    private record Listed(Rule rule, Change change) {}

    @Override
    public List<Change> changes(boolean printed) {
        return listed(printed).stream().map(Listed::change).toList();
    }

    /** @param printed those too that were printed; without them the next ones come up behind the most that are listed at once */
    private List<Listed> listed(boolean printed) {
        Branch branch = branches.current().orElse(null);
        Identity identity = identities.current().orElse(null);
        if (branch == null || identity == null) return List.of();
        LocalDate today = clock.instant().atZone(branch.zone()).toLocalDate();
        List<Rule> rules = rules(identity, today);
        Map<PartId, Long> moved = new HashMap<>();
        Map<Key, Mark> marks = new HashMap<>();
        sales.read(session -> {
            session.all("""
                    select part_id, moved
                    from stock_balance
                    """, row -> moved.put(new PartId(row.id("part_id")), row.number("moved")));
            session.all(
                    """
                    select part_id, starts, amount, at, by_name
                    from shelf_label_printed
                    where starts >= ?
                    """,
                    row -> {
                        Key key = new Key(
                                new PartId(row.id("part_id")),
                                LocalDate.parse(row.text("starts")),
                                row.number("amount"));
                        return marks.put(key, new Mark(key, row.instant("at"), row.text("by_name")));
                    },
                    today.minusDays(DAYS_BACK));
            return marks;
        });
        List<Rule> here = rules.stream()
                .filter(rule -> !rule.bin().isEmpty() || rule.opening() + moved.getOrDefault(rule.part(), 0L) > 0)
                .filter(rule -> printed || !marks.containsKey(rule.key()))
                .limit(MOST)
                .toList();
        Map<PartId, PartCard> cards =
                catalogue.cards(here.stream().map(Rule::part).toList());
        List<Listed> listed = new ArrayList<>();
        for (Rule rule : here) {
            PartCard card = cards.get(rule.part());
            if (card != null) listed.add(new Listed(rule, change(rule, card.part(), branch, marks.get(rule.key()))));
        }
        listed.sort(Comparator.comparing((Listed one) -> one.change().bin())
                .thenComparing(one -> one.change().lineCode())
                .thenComparing(one -> one.change().partNumber()));
        return listed;
    }

    /** The newest price of each part that begins in these weeks. */
    private List<Rule> rules(Identity identity, LocalDate today) {
        return reference.read(session -> session.all(
                """
                select newest.target_value as part_id, newest.amount, newest.includes_tax, newest.starts, coalesce(stock.opening, 0) as opening,
                       coalesce(stock.bin, '') as bin
                from (
                    select target_value, amount, includes_tax, starts,
                           row_number() over (partition by target_value order by starts desc, version desc, id desc) as place
                    from price_rule
                    where target = 'PART' and level = 'PUBLICO' and customer is null and from_quantity = 0 and amount is not null
                    and starts between ? and ? and (ends is null or ends >= ?)) newest
                left join branch_stock stock on stock.part_id = newest.target_value and stock.store_id = ?
                where newest.place = 1
                """,
                row -> new Rule(
                        new PartId(row.id("part_id")),
                        row.number("amount"),
                        row.flag("includes_tax"),
                        LocalDate.parse(row.text("starts")),
                        row.number("opening"),
                        row.text("bin")),
                today.minusDays(DAYS_BACK),
                today.plusDays(DAYS_AHEAD),
                today,
                identity.store().value()));
    }

    private static Change change(Rule rule, Part part, Branch branch, @Nullable Mark mark) {
        Tax tax = Tax.of(part.taxClass(), branch.region(), part.taxObject());
        String price = LineAmounts.of(
                        new Price(Money.mxn(rule.amount()), rule.includesTax()), Quantity.ONE, Money.mxn(0), tax)
                .total()
                .text();
        return new Change(
                rule.part(),
                part.lineCode().value(),
                part.number().value(),
                part.nameEs(),
                part.barcodes().stream()
                        .findFirst()
                        .map(Barcode::value)
                        .orElse(part.number().value()),
                rule.bin(),
                price,
                rule.starts(),
                mark == null ? null : mark.at(),
                mark == null ? "" : mark.by());
    }

    @Override
    public Outcome<Queued> print(UUID act, List<PartId> parts, boolean again, Person who) {
        if (identities.current().isEmpty() || branches.current().isEmpty()) return Outcome.refused("store-not-ready");
        if (!queue.printsLabels()) return Outcome.refused("label-printer-missing");
        Set<PartId> chosen = new HashSet<>(parts);
        List<Listed> wanted = listed(again).stream()
                .filter(one -> chosen.isEmpty() || chosen.contains(one.rule().part()))
                .toList();
        Instant now = clock.instant();
        Outcome<Queued> queued = sales.write(session -> {
            if (session.exists("select 1 from shelf_label_printed where act = ?", act))
                return Outcome.done(new Queued(0, queue.labelsWaiting(session)));
            int labels = 0;
            for (Listed one : wanted) {
                Rule rule = one.rule();
                // Two people at once: who comes second finds it marked, unless it was asked for again.
                int marked = session.update(
                        """
                        insert into shelf_label_printed (part_id, starts, amount, at, by_name, act)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (part_id, starts, amount) do update
                        set at = excluded.at, by_name = excluded.by_name, act = excluded.act
                        where ?
                        """, rule.part().value(), rule.starts(), rule.amount(), now, who.name(), act, again ? 1 : 0);
                if (marked == 0) continue;
                Change change = one.change();
                queue.append(
                        session,
                        new Label(
                                Label.Design.SHELF,
                                change.lineCode(),
                                change.partNumber(),
                                change.name(),
                                change.barcode(),
                                change.price(),
                                change.bin()));
                labels++;
            }
            return labels == 0
                    ? Outcome.<Queued>refused("shelf-labels-none")
                    : Outcome.done(new Queued(labels, queue.labelsWaiting(session)));
        });
        if (queued instanceof Outcome.Done<Queued>(Queued done) && done.labels() > 0) {
            queue.wake();
            LOG.info("shelf labels queued labels={} user={}", done.labels(), who.id());
        }
        return queued;
    }
}
