package mx.refahub.store.sale;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.SoldTicket;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tickets of other branches that were shown here, in sales.db, inside the caller's transaction. */
final class ProvenTickets {
    private static final UserId NOBODY = new UserId(new UUID(0, 0));

    private final JsonMapper json;

    ProvenTickets(JsonMapper json) {
        this.json = json;
    }

    /**
     * Keeps what a ticket proves; one that is there stays.
     *
     * @param cards of its parts, as this branch knows them; a line without one cannot come back here
     * @return whether any line can
     */
    boolean keep(Session session, TicketProof proof, String branch, Map<PartId, PartCard> cards, Instant at)
            throws SQLException {
        List<SaleBody.LineBody> lines = new ArrayList<>();
        for (TicketProof.Line line : proof.lines()) {
            PartCard card = cards.get(line.part());
            if (card != null) lines.add(SaleBody.line(line(line, card.part())));
        }
        if (lines.isEmpty()) return false;
        UUID account = proof.account();
        session.update(
                """
                insert into proven_ticket (id, store_id, branch, folio, sold_at, business_day, account, total, missing, tenders, lines,
                                           codes, seen_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set missing = excluded.missing, lines = excluded.lines
                """,
                proof.sale(),
                proof.store().value(),
                branch,
                proof.folio().text(),
                proof.soldAt(),
                proof.businessDay(),
                account,
                proof.total().minor(),
                proof.missing() + proof.lines().size() - lines.size(),
                proof.tenders().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
                json.writeValueAsString(lines),
                String.join(" ", proof.codes()),
                at);
        return true;
    }

    private static SaleLine line(TicketProof.Line line, Part part) {
        return new SaleLine(
                line.id(),
                line.kind(),
                line.part(),
                part.lineCode(),
                part.number(),
                part.nameEs(),
                part.unit(),
                line.quantity(),
                line.price(),
                line.price(),
                line.amounts(),
                line.tax(),
                part.satCode(),
                part.satUnit(),
                NOBODY,
                "",
                "",
                null,
                null);
    }

    /** @param names of customers */
    Optional<SoldTicket> ticket(Session session, UUID sale, Names names) throws SQLException {
        Optional<Found> found = session.first("""
                select id, store_id, branch, folio, sold_at, business_day, account, total, missing, tenders, lines
                from proven_ticket
                where id = ?
                """, this::found, sale);
        if (found.isEmpty()) return Optional.empty();
        UUID account = found.get().account();
        return Optional.of(found.get().ticket(account == null ? null : Buyer.of(account, names.of(session, account))));
    }

    @FunctionalInterface
    interface Names {
        String of(Session session, UUID customer) throws SQLException;
    }

    private record Found(SoldTicket bare, @Nullable UUID account) {
        SoldTicket ticket(@Nullable Buyer buyer) {
            return new SoldTicket(
                    bare.id(),
                    bare.store(),
                    bare.branch(),
                    bare.folio(),
                    bare.soldAt(),
                    bare.businessDay(),
                    bare.lines(),
                    bare.tenders(),
                    bare.total(),
                    buyer,
                    bare.missing());
        }
    }

    private Found found(Row row) throws SQLException {
        Set<Tender.Kind> tenders = EnumSet.noneOf(Tender.Kind.class);
        for (String name : row.text("tenders").split(" ")) if (!name.isEmpty()) tenders.add(Tender.Kind.valueOf(name));
        return new Found(
                new SoldTicket(
                        row.id("id"),
                        new StoreId(row.id("store_id")),
                        row.text("branch"),
                        row.text("folio"),
                        row.instant("sold_at"),
                        LocalDate.parse(row.text("business_day")),
                        Arrays.stream(json.readValue(row.text("lines"), SaleBody.LineBody[].class))
                                .map(line -> SaleBody.line(line, Money.MXN))
                                .toList(),
                        tenders,
                        Money.mxn(row.number("total")),
                        null,
                        row.small("missing")),
                row.isNull("account") ? null : row.id("account"));
    }

    /** What proves the other branches' tickets of which the sale brings lines back. */
    List<SaleBody.ProofBody> proofs(Session session, Sale sale) throws SQLException {
        Set<UUID> sales = sale.lines().stream()
                .map(SaleLine::returnOf)
                .filter(returned -> returned != null && returned.sale() != null)
                .map(ReturnOf::sale)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        List<SaleBody.ProofBody> proofs = new ArrayList<>();
        for (UUID sold : sales)
            session.first(
                            """
                    select id, store_id, folio, codes
                    from proven_ticket
                    where id = ?
                    and not exists (select 1 from sale where sale.id = proven_ticket.id)
                    """,
                            row -> new SaleBody.ProofBody(
                                    row.id("id"),
                                    row.id("store_id"),
                                    row.text("folio"),
                                    List.of(row.text("codes").split(" "))),
                            sold)
                    .ifPresent(proofs::add);
        return proofs;
    }
}
