package mx.refahub.batch.part;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import mx.refahub.batch.part.PartRows.Found;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartChange;
import mx.refahub.domain.part.PartDesk;
import mx.refahub.domain.part.PartField;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartSheet;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Parts mended by hand. The streams' rows are locked first and in the order of the imports, so that two publishers follow each other and no
 * reader sees a version without its rows.
 */
public final class PostgresPartDesk implements PartDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPartDesk.class);
    private static final String REMOVED = "true";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PartRows rows;
    private final PartHistory histories;
    private final Runnable published;
    private final Clock clock;
    private final IdSource ids;

    /** @param published told after each commit that raised the catalogue */
    public PostgresPartDesk(DataSource dataSource, Runnable published, Clock clock, IdSource ids) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.rows = new PartRows(jdbc);
        this.histories = new PartHistory(jdbc);
        this.published = published;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Optional<Standing> part(PartId id) {
        // One look: lists that belong to one version of the part.
        TransactionTemplate look = new TransactionTemplate(
                Objects.requireNonNull(transaction.getTransactionManager(), "a transaction manager"));
        look.setReadOnly(true);
        look.setIsolationLevel(TransactionTemplate.ISOLATION_REPEATABLE_READ);
        return Objects.requireNonNull(
                look.execute(status -> rows.find(id.value()).map(PostgresPartDesk::standing)), "an answer");
    }

    private static Standing standing(Found found) {
        return new Standing(
                new PartId(found.id()),
                found.version(),
                found.removed(),
                found.sheet(),
                found.mirrored(),
                found.categoryByRule());
    }

    @Override
    public List<Removed> removed(int limit) {
        return rows.removed(limit);
    }

    @Override
    public List<PartChange> history(PartId id, int limit) {
        return histories.of(id.value(), limit);
    }

    @Override
    public Outcome<Standing> add(PartSheet sheet, Person by) {
        return changing(() -> {
            Publication publication = new Publication();
            Optional<UUID> same = rows.named(sheet.lineCode(), sheet.number());
            if (same.isPresent()) return partExists(sheet);
            Outcome<Standing> taken = barcodeTaken(null, sheet);
            if (taken != null) return taken;
            Outcome<Standing> unrelated = relationWrong(null, sheet);
            if (unrelated != null) return unrelated;
            UUID id = ids.next();
            Set<UUID> targets = new LinkedHashSet<>(Set.of(id));
            rows.insert(id, sheet, now(), publication.catalogue);
            if (sheet.price() != null) publication.prices(id, sheet);
            rows.replaceLists(id, sheet, targets);
            publication.mirror(targets);
            return publication.record(
                    id, PartChange.Kind.ADDED, PartChange.between(Map.of(), sheet.values()), null, by);
        });
    }

    @Override
    public Outcome<Standing> mend(PartId id, String version, PartSheet sheet, Person by) {
        return changing(() -> {
            Publication publication = new Publication();
            Optional<Found> found = rows.find(id.value());
            if (found.isEmpty()) return Outcome.refused("part-unknown");
            if (!found.get().version().equals(version)) return Outcome.refused("part-changed");
            return publication.put(found.get(), sheet, found.get().removed(), PartChange.Kind.MENDED, null, by);
        });
    }

    @Override
    public Outcome<Standing> remove(PartId id, Person by) {
        return changing(() -> {
            Publication publication = new Publication();
            Optional<Found> found = rows.find(id.value());
            if (found.isEmpty()) return Outcome.refused("part-unknown");
            if (found.get().removed()) return Outcome.refused("part-is-removed");
            return publication.put(found.get(), found.get().sheet(), true, PartChange.Kind.REMOVED, null, by);
        });
    }

    @Override
    public Outcome<Standing> restore(PartId id, Person by) {
        return changing(() -> {
            Publication publication = new Publication();
            Optional<Found> found = rows.find(id.value());
            if (found.isEmpty()) return Outcome.refused("part-unknown");
            if (!found.get().removed()) return Outcome.refused("part-is-not-removed");
            return publication.put(found.get(), found.get().sheet(), false, PartChange.Kind.RESTORED, null, by);
        });
    }

    @Override
    public Outcome<Standing> undo(PartId id, UUID change, Person by) {
        return changing(() -> {
            Publication publication = new Publication();
            Optional<Found> found = rows.find(id.value());
            if (found.isEmpty()) return Outcome.refused("part-unknown");
            Optional<PartChange> told = histories.one(id.value(), change);
            if (told.isEmpty()) return Outcome.refused("change-unknown");
            if (told.get().kind() == PartChange.Kind.ADDED) return Outcome.refused("change-is-first");
            if (told.get().undone()) return Outcome.refused("change-undone");
            Map<PartField, Set<String>> values = values(found.get());
            Optional<PartField> inTheWay = PartChange.takeBack(told.get().differences(), values);
            if (inTheWay.isPresent())
                return Outcome.refused("change-overtaken", inTheWay.get().name());
            boolean removed = !values.getOrDefault(PartField.REMOVED, Set.of()).isEmpty();
            values.remove(PartField.REMOVED);
            PartSheet sheet = PartSheet.of(values);
            // The same fitment may stand there by now with another note, the same code with another pack.
            if (distinct(sheet) != sheet.fitments().size())
                return Outcome.refused("change-overtaken", PartField.FITMENT.name());
            if (sheet.barcodes().stream().map(code -> code.value()).distinct().count()
                    != sheet.barcodes().size()) return Outcome.refused("change-overtaken", PartField.BARCODE.name());
            if (sheet.relations().stream()
                            .map(each -> List.of(each.kind(), each.lineCode(), each.number()))
                            .distinct()
                            .count()
                    != sheet.relations().size()) return Outcome.refused("change-overtaken", PartField.RELATION.name());
            return publication.put(found.get(), sheet, removed, PartChange.Kind.UNDONE, change, by);
        });
    }

    private static long distinct(PartSheet sheet) {
        return sheet.fitments().stream()
                .map(fit -> new Fitment(
                        fit.make(), fit.model(), fit.yearFrom(), fit.yearTo(), fit.engine(), fit.position(), ""))
                .distinct()
                .count();
    }

    /** All that stands of a part now, in a map that may be changed. */
    private static Map<PartField, Set<String>> values(Found found) {
        Map<PartField, Set<String>> values = new LinkedHashMap<>(found.sheet().values());
        values.put(PartField.REMOVED, new LinkedHashSet<>(found.removed() ? Set.of(REMOVED) : Set.of()));
        return values;
    }

    private Outcome<Standing> partExists(PartSheet sheet) {
        return Outcome.refused("part-exists", sheet.lineCode() + " " + sheet.number());
    }

    private @Nullable Outcome<Standing> barcodeTaken(@Nullable UUID own, PartSheet sheet) {
        return rows.taken(own, sheet.barcodes())
                .<Outcome<Standing>>map(taken -> Outcome.refused("barcode-taken", taken.barcode(), taken.part()))
                .orElse(null);
    }

    private @Nullable Outcome<Standing> relationWrong(@Nullable UUID own, PartSheet sheet) {
        if (sheet.relations().isEmpty()) return null;
        RelationTable relations = new RelationTable(jdbc);
        Optional<String> unknown = relations.unknown(own, sheet.relations());
        if (unknown.isPresent()) return Outcome.refused("relation-part-unknown", unknown.get());
        // What is only being made is held by nothing.
        if (own != null && relations.isCircle(own, sheet.relations()))
            return Outcome.refused("kit-in-a-circle", sheet.lineCode() + " " + sheet.number());
        return null;
    }

    /** A refusal has written nothing, or takes it back; what was done is told to the index behind the commit. */
    private Outcome<Standing> changing(Supplier<Outcome<Standing>> act) {
        Outcome<Standing> outcome = Objects.requireNonNull(
                transaction.execute(status -> {
                    Outcome<Standing> made = act.get();
                    if (made instanceof Outcome.Refused) status.setRollbackOnly();
                    return made;
                }),
                "an outcome");
        if (outcome instanceof Outcome.Done) published.run();
        return outcome;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** One change on its way to the stores; made first thing in its transaction. */
    private final class Publication {
        private final long catalogue = lock("catalogue") + 1;
        private final long prices = lock("prices") + 1;
        private boolean pricesChanged;

        private long lock(String stream) {
            return jdbc.sql("""
                    select version
                    from stream_version
                    where stream = :stream
                    for update
                    """).param("stream", stream).query(Long.class).single();
        }

        Outcome<Standing> put(
                Found before,
                PartSheet sheet,
                boolean removed,
                PartChange.Kind kind,
                @Nullable UUID undoes,
                Person by) {
            UUID id = before.id();
            Map<PartField, Set<String>> after = sheet.values();
            if (removed) after.put(PartField.REMOVED, Set.of(REMOVED));
            List<PartChange.Difference> differences = PartChange.between(values(before), after);
            if (differences.isEmpty()) return Outcome.done(standing(before));
            Optional<UUID> same = rows.named(sheet.lineCode(), sheet.number());
            if (same.isPresent() && !same.get().equals(id)) return partExists(sheet);
            Outcome<Standing> taken = barcodeTaken(id, sheet);
            if (taken != null) return taken;
            Outcome<Standing> unrelated = relationWrong(id, sheet);
            if (unrelated != null) return unrelated;
            Set<UUID> targets = new LinkedHashSet<>(Set.of(id));
            rows.update(id, sheet, removed ? now() : null, catalogue);
            if (!Objects.equals(before.sheet().price(), sheet.price())) prices(id, sheet);
            rows.replaceLists(id, sheet, targets);
            mirror(targets);
            return record(id, kind, differences, undoes, by);
        }

        void prices(UUID id, PartSheet sheet) {
            rows.price(id, sheet.price(), prices);
            pricesChanged = true;
        }

        void mirror(Set<UUID> targets) {
            new Mirrors(jdbc).of(targets, catalogue);
        }

        Outcome<Standing> record(
                UUID id,
                PartChange.Kind kind,
                List<PartChange.Difference> differences,
                @Nullable UUID undoes,
                Person by) {
            UUID change = ids.next();
            histories.write(change, id, now(), by, kind, differences, undoes);
            raise("catalogue", catalogue);
            if (pricesChanged) raise("prices", prices);
            LOG.info(
                    "part changed by hand part={} change={} kind={} fields={} by={} catalogue={}",
                    id,
                    change,
                    kind,
                    Arrays.toString(differences.stream()
                            .map(PartChange.Difference::field)
                            .distinct()
                            .toArray()),
                    by.id(),
                    catalogue);
            return Outcome.done(standing(rows.find(id).orElseThrow()));
        }

        private void raise(String stream, long version) {
            int raised = jdbc.sql("""
                    update stream_version
                    set version = :version, published_at = :now
                    where stream = :stream
                    and version = :version - 1
                    """)
                    .param("stream", stream)
                    .param("version", version)
                    .param("now", now())
                    .update();
            if (raised != 1) throw new IllegalStateException("stream " + stream + " is not at " + (version - 1));
        }
    }
}
