package mx.refahub.store.sale;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.ReturnPolicies;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.wire.ReturnRow;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Out of reference.db. */
public final class SqliteReturnPolicies implements ReturnPolicies {
    private static final int SHOWN = 5;

    private final SqliteFile reference;
    private final PartCatalogue catalogue;
    private final JsonMapper json;

    public SqliteReturnPolicies(SqliteFile reference, PartCatalogue catalogue, JsonMapper json) {
        this.reference = reference;
        this.catalogue = catalogue;
        this.json = json;
    }

    @Override
    public ReturnPolicy of(PartId part) {
        PartCard card = catalogue.card(part).orElse(null);
        if (card == null) return ReturnPolicy.NONE;
        return reference.read(session -> policy(session, card.part()));
    }

    private ReturnPolicy policy(Session session, Part part) throws SQLException {
        for (ReturnPolicy.Target target : ReturnPolicy.Target.values()) {
            ReturnPolicy policy = switch (target) {
                case PART -> rule(session, target, part.id().toString());
                case CATEGORY -> ofCategory(session, part.category());
                case BRAND -> rule(session, target, part.brand());
                case ALL -> rule(session, target, "");
            };
            if (policy != null) return policy;
        }
        return ReturnPolicy.NONE;
    }

    /** {@code Frenos/Balatas}: its own, else what holds for {@code Frenos}. */
    private @Nullable ReturnPolicy ofCategory(Session session, String category) throws SQLException {
        String path = category;
        while (!path.isEmpty()) {
            ReturnPolicy policy = rule(session, ReturnPolicy.Target.CATEGORY, path);
            if (policy != null) return policy;
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        return null;
    }

    private @Nullable ReturnPolicy rule(Session session, ReturnPolicy.Target target, String value) throws SQLException {
        return session.first("""
                select body
                from return_rule
                where target = ? and target_value = ?
                """, row -> json.readValue(row.text("body"), ReturnRow.PolicyRow.class), target, value)
                .map(row -> new ReturnPolicy(row.returnable(), row.days(), row.feePercent(), row.inspect()))
                .orElse(null);
    }

    @Override
    public Map<PartId, Note> notes(Collection<PartId> parts, @Nullable Wanted vehicle) {
        Map<PartId, PartCard> cards = catalogue.cards(parts);
        Map<PartId, Note> notes = new HashMap<>();
        reference.read(session -> {
            for (PartCard card : cards.values()) {
                ReturnPolicy policy = policy(session, card.part());
                List<Misfit> all = misfits(session, card.part().id());
                List<Misfit> these = vehicle == null || all.isEmpty()
                        ? all
                        : concerning(
                                all,
                                vehicle,
                                catalogue.relations(card.part().id()).fitments());
                if (!policy.equals(ReturnPolicy.NONE) || !these.isEmpty())
                    notes.put(
                            card.part().id(),
                            new Note(
                                    policy,
                                    these.stream().mapToLong(Misfit::times).sum(),
                                    these.stream().limit(SHOWN).toList()));
            }
            return notes;
        });
        return notes;
    }

    private static List<Misfit> misfits(Session session, PartId part) throws SQLException {
        return new ArrayList<>(session.all(
                """
                select make, model, year, engine, times
                from misfit
                where part_id = ?
                order by times desc, make, model, year
                """,
                row -> new Misfit(
                        new ReturnTerms.Vehicle(
                                row.text("make"), row.text("model"), row.small("year"), row.text("engine")),
                        row.number("times")),
                part.value()));
    }

    /** Those of the vehicle itself, and those of another year or engine that the catalogue says the same line of fitment about. */
    private static List<Misfit> concerning(List<Misfit> all, Wanted wanted, List<Fitment> fitments) {
        return all.stream()
                .filter(one -> agree(one.vehicle().make(), wanted.make())
                        && agree(one.vehicle().model(), wanted.model())
                        && (one.vehicle().year() == 0
                                || wanted.year() == 0
                                || one.vehicle().year() == wanted.year()
                                || fitments.stream().anyMatch(fitment -> covers(fitment, one.vehicle(), wanted)))
                        && (wanted.engine().isEmpty()
                                || one.vehicle().engine().isEmpty()
                                || agree(one.vehicle().engine(), wanted.engine())))
                .toList();
    }

    private static boolean covers(Fitment fitment, ReturnTerms.Vehicle vehicle, Wanted wanted) {
        return agree(fitment.make(), vehicle.make())
                && agree(fitment.model(), vehicle.model())
                && in(fitment, vehicle.year())
                && in(fitment, wanted.year());
    }

    private static boolean in(Fitment fitment, int year) {
        return year >= fitment.yearFrom() && year <= fitment.yearTo();
    }

    private static boolean agree(String said, String wanted) {
        return wanted.isEmpty() || said.equalsIgnoreCase(wanted);
    }
}
