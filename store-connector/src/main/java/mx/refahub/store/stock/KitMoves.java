package mx.refahub.store.stock;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.Opening;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stock.StockMovement.Kind;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;

/**
 * Kits that are made up out of the pieces on the shelf, or taken apart: what goes out and what comes in is worth the same to the centavo. A kit holds what the catalogue says; a kit
 * within it is one box.
 */
final class KitMoves {
    private static final long ONE = 1_000;

    private final SqliteFile reference;
    private final Openings openings;
    private final IdSource ids;

    KitMoves(SqliteFile reference, Openings openings, IdSource ids) {
        this.reference = reference;
        this.openings = openings;
        this.ids = ids;
    }

    /** Why the kits of a document cannot be made up or taken apart: {@code kit-none}, {@code kit-fraction}, {@code kit-short} (of what, how many are there). */
    static final class Not extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;

        private Not(String code, String... arguments) {
            super(code, null, false, false);
            refusal = Refusal.of(code, arguments);
        }

        Refusal refusal() {
            return refusal;
        }
    }

    /** @param each thousandths of it in one kit */
    private record Piece(PartId part, String lineCode, String number, String name, String unit, long each) {
        long of(long kits) {
            return Math.multiplyExact(each, kits / ONE);
        }
    }

    /** What the kits of a document hold, read outside of any transaction of the sales. */
    record Contents(Map<PartId, List<Piece>> pieces, Map<PartId, Opening> openings) {
        private Opening opening(PartId part) {
            return openings.getOrDefault(part, Opening.NONE);
        }
    }

    Contents contents(List<StockLine> kits) {
        Map<PartId, List<Piece>> pieces = new LinkedHashMap<>();
        for (StockLine line : kits) pieces.computeIfAbsent(line.part().id(), this::pieces);
        Set<PartId> all =
                pieces.values().stream().flatMap(List::stream).map(Piece::part).collect(Collectors.toSet());
        all.addAll(pieces.keySet());
        return new Contents(pieces, openings.of(all));
    }

    private List<Piece> pieces(PartId kit) {
        return reference.read(session -> session.all(
                """
                select part.id, line_code, part_number, name_es, unit, quantity
                from part_component
                join part on part.id = part_component.part_id
                where kit_id = ?
                order by part.id
                """,
                row -> new Piece(
                        new PartId(row.id("id")),
                        row.text("line_code"),
                        row.text("part_number"),
                        row.text("name_es"),
                        row.text("unit"),
                        row.number("quantity")),
                kit.value()));
    }

    /** @param line how many kits: positive are made up, negative taken apart */
    List<StockBody.LineBody> move(Session session, StockLine line, Contents contents, UUID cause, Instant at)
            throws SQLException, Not {
        PartId kit = line.part().id();
        List<Piece> pieces = contents.pieces().getOrDefault(kit, List.of());
        String name = line.part().lineCode() + " " + line.part().number();
        long kits = line.quantity().thousandths();
        if (pieces.isEmpty()) throw new Not("kit-none", name);
        if (kits % ONE != 0) throw new Not("kit-fraction", name);
        return kits > 0
                ? madeUp(session, line, pieces, contents, cause, at)
                : takenApart(session, line, pieces, contents, cause, at);
    }

    private List<StockBody.LineBody> madeUp(
            Session session, StockLine line, List<Piece> pieces, Contents contents, UUID cause, Instant at)
            throws SQLException, Not {
        long kits = line.quantity().thousandths();
        List<StockBody.LineBody> lines = new ArrayList<>();
        long worth = 0;
        for (Piece piece : pieces) {
            enough(session, piece.part(), piece.lineCode() + " " + piece.number(), piece.of(kits), contents);
            StockBody.LineBody out = moved(session, ids.next(), piece, -piece.of(kits), null, contents, cause, at);
            worth -= out.value();
            lines.add(out);
        }
        // A holding whose sign cannot be gives nothing.
        lines.add(moved(session, line.id(), whole(line), kits, Math.max(0, worth), contents, cause, at));
        return lines;
    }

    /** What the kits were worth goes to their pieces as these are worth here now; with nothing known of any, by pieces. */
    private List<StockBody.LineBody> takenApart(
            Session session, StockLine line, List<Piece> pieces, Contents contents, UUID cause, Instant at)
            throws SQLException, Not {
        long kits = -line.quantity().thousandths();
        enough(
                session,
                line.part().id(),
                line.part().lineCode() + " " + line.part().number(),
                kits,
                contents);
        StockBody.LineBody out = moved(session, line.id(), whole(line), -kits, null, contents, cause, at);
        List<StockBody.LineBody> lines = new ArrayList<>(List.of(out));
        List<Long> weights = new ArrayList<>();
        for (Piece piece : pieces)
            weights.add(Math.max(
                    0,
                    StockLedger.holding(session, piece.part(), contents.opening(piece.part()))
                            .worth(piece.of(kits))));
        if (weights.stream().allMatch(each -> each == 0)) weights.replaceAll(each -> 1L);
        long total = weights.stream().mapToLong(Long::longValue).sum();
        long before = 0;
        long running = 0;
        for (int i = 0; i < pieces.size(); i++) {
            running += weights.get(i);
            long upTo = Holding.share(Math.max(0, -out.value()), running, total);
            Piece piece = pieces.get(i);
            lines.add(moved(session, ids.next(), piece, piece.of(kits), upTo - before, contents, cause, at));
            before = upTo;
        }
        return lines;
    }

    private static Piece whole(StockLine line) {
        return new Piece(
                line.part().id(),
                line.part().lineCode().value(),
                line.part().number().value(),
                line.part().nameEs(),
                line.part().unit(),
                ONE);
    }

    private static void enough(Session session, PartId part, String name, long wanted, Contents contents)
            throws SQLException, Not {
        long there = StockLedger.holding(session, part, contents.opening(part)).quantity();
        if (there < wanted) throw new Not("kit-short", name, new Quantity(Math.max(0, there)).text());
    }

    private static StockBody.LineBody moved(
            Session session,
            UUID id,
            Piece piece,
            long quantity,
            @Nullable Long cost,
            Contents contents,
            UUID cause,
            Instant at)
            throws SQLException {
        StockLedger.Moved moved = StockLedger.move(
                session,
                new StockLedger.Moving(id, piece.part(), Kind.ADJUSTMENT, quantity, cost, false, null, cause, at),
                contents.opening(piece.part()));
        return new StockBody.LineBody(
                id,
                piece.part().value(),
                piece.lineCode(),
                piece.number(),
                piece.name(),
                piece.unit(),
                moved.bin(),
                quantity,
                "",
                moved.value(),
                moved.variance(),
                0,
                0,
                null,
                null,
                null);
    }
}
