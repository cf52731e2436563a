package mx.refahub.store.stock;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockDesk.Branch;
import mx.refahub.domain.stock.StockDesk.Transit;
import mx.refahub.domain.stock.StockDesk.TransitLine;
import mx.refahub.domain.stock.StockMovement.Kind;
import mx.refahub.domain.stock.TransferNumber;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.domain.wire.TransferRow;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import tools.jackson.databind.json.JsonMapper;

/** Transfers as this branch knows them: what the hub told, and what its own books say. */
final class TransferBook {
    private static final int MOST_LISTED = 500;

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final StockRows rows;
    private final JsonMapper json;

    TransferBook(SqliteFile sales, SqliteFile reference, StockRows rows, JsonMapper json) {
        this.sales = sales;
        this.reference = reference;
        this.rows = rows;
        this.json = json;
    }

    Optional<TransferRow> heard(TransferNumber number) {
        return reference.read(session ->
                session.first("""
                select body
                from transfer
                where number = ?
                """, row -> json.readValue(row.text("body"), TransferRow.class), number.value()));
    }

    /** What is not all there yet. @param me this branch */
    List<Transit> open(UUID me, List<Branch> branches) {
        List<TransferRow> heard =
                reference.read(session -> session.all("""
                select body
                from transfer
                order by number
                """, row -> json.readValue(row.text("body"), TransferRow.class)));
        Map<String, Transit> found = new LinkedHashMap<>();
        sales.read(session -> {
            for (TransferRow row : heard) {
                Transit transit = transit(session, row, me);
                if (transit.lines().stream().anyMatch(TransferBook::isOpen)) found.put(row.number(), transit);
            }
            // Sent from here and not yet told by the hub, which tells of each as soon as it has heard of it.
            for (StockBody body : rows.latest(session, Kind.TRANSFER_OUT, MOST_LISTED))
                if (!found.containsKey(body.number()) && !isAcknowledged(session, body.id()))
                    own(session, body, branches).ifPresent(transit -> found.put(body.number(), transit));
            return found;
        });
        return found.values().stream()
                .sorted(Comparator.comparing(Transit::sentAt).reversed())
                .toList();
    }

    static boolean isSentAndAcknowledged(Session session, TransferNumber number) throws SQLException {
        return session.exists("""
                select 1
                from stock_document d
                join acknowledged a on a.sequence >= d.document_sequence
                where d.number = ? and d.kind = 'TRANSFER_OUT'
                """, number.value());
    }

    private static boolean isAcknowledged(Session session, UUID document) throws SQLException {
        return session.exists("""
                select 1
                from stock_document d
                join acknowledged a on a.sequence >= d.document_sequence
                where d.id = ?
                """, document);
    }

    private static boolean isOpen(TransitLine line) {
        Quantity sent = line.sent();
        return sent == null || line.here().thousandths() + line.elsewhere().thousandths() < sent.thousandths();
    }

    private static Optional<Transit> own(Session session, StockBody body, List<Branch> branches) throws SQLException {
        List<TransitLine> lines = session.all(
                """
                select part_id, sent, arrived
                from transfer_line
                where number = ? and sent > 0
                """,
                row -> new TransitLine(
                        new PartId(row.id("part_id")),
                        new Quantity(row.number("sent")),
                        new Quantity(row.number("arrived")),
                        Quantity.ZERO),
                body.number());
        if (lines.stream().noneMatch(TransferBook::isOpen)) return Optional.empty();
        TransferNumber number = new TransferNumber(body.number());
        String to = branches.stream()
                .filter(branch -> branch.id().equals(body.to()))
                .map(Branch::code)
                .findFirst()
                .orElse("");
        return Optional.of(new Transit(number, number.from(), to, false, body.at(), lines));
    }

    private static Transit transit(Session session, TransferRow row, UUID me) throws SQLException {
        Map<PartId, Long> here = new HashMap<>();
        session.all("""
                select part_id, arrived
                from transfer_line
                where number = ?
                """, each -> here.put(new PartId(each.id("part_id")), each.number("arrived")), row.number());
        return new Transit(
                new TransferNumber(row.number()),
                row.fromCode(),
                row.toCode(),
                row.to().equals(me),
                row.sentAt(),
                row.lines().stream()
                        .map(line -> {
                            long mine = here.getOrDefault(new PartId(line.part()), 0L);
                            return new TransitLine(
                                    new PartId(line.part()),
                                    new Quantity(line.sent()),
                                    new Quantity(mine),
                                    new Quantity(Math.max(0, line.arrivedWith(mine) - mine)));
                        })
                        .toList());
    }

    Outcome<Transit> transfer(TransferNumber number, UUID me, List<Branch> branches) {
        Optional<TransferRow> heard = heard(number);
        if (heard.isPresent()) {
            TransferRow row = heard.get();
            if (!row.to().equals(me) && !row.from().equals(me))
                return Outcome.refused("transfer-not-ours", row.toCode());
            return Outcome.done(sales.read(session -> transit(session, row, me)));
        }
        Optional<Transit> own = sales.read(session -> {
            for (StockBody body :
                    session.all("""
                    select body
                    from stock_document
                    where number = ? and kind = 'TRANSFER_OUT'
                    """, row -> json.readValue(row.bytes("body"), StockBody.class), number.value()))
                return own(session, body, branches);
            return Optional.empty();
        });
        if (own.isPresent()) return Outcome.done(own.get());
        boolean takenIn = sales.read(session -> rows.tookIn(session, number.value()));
        return Outcome.refused(takenIn ? "transfer-taken-in" : "transfer-unheard", number.value());
    }
}
