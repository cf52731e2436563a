package mx.refahub.pos.counter;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;

/** Stock on the wire. Values are there only for whom may see costs. */
final class StockView {
    private StockView() {}

    record PartNamed(UUID part, String lineCode, String partNumber, String name, String unit) {
        static PartNamed of(Part part, Locale locale) {
            boolean english = Messages.isEnglish(locale) && !part.nameEn().isBlank();
            return new PartNamed(
                    part.id().value(),
                    part.lineCode().value(),
                    part.number().value(),
                    english ? part.nameEn() : part.nameEs(),
                    part.unit());
        }

        /** A part that the catalogue has no more. */
        static PartNamed of(UUID id, @Nullable PartCard card, Locale locale) {
            return card == null ? new PartNamed(id, "", id.toString(), "", "") : of(card.part(), locale);
        }
    }

    /**
     * @param pack how many the scanned code stands for
     * @param bin where it lies
     * @param average null for whom costs are not shown
     */
    record Found(
            PartNamed part,
            Count pack,
            Count stock,
            String bin,
            @Nullable Amount average) {}

    /** @param text why the line was not taken; the others were */
    record RefusedLine(UUID id, String code, String text) {}

    record Line(
            UUID id,
            PartNamed part,
            String bin,
            Count quantity,
            Count lost,
            String unitCost,
            @Nullable Amount value) {}

    record Document(
            UUID id,
            String kind,
            String number,
            Instant at,
            String byName,
            String supplier,
            String reference,
            String reason,
            String note,
            String currency,
            String rate,
            boolean unheard,
            List<Line> lines,
            @Nullable Amount value) {
        static Document of(StockBody body, boolean costs) {
            List<Line> lines = body.lines().stream()
                    .map(line -> new Line(
                            line.id(),
                            new PartNamed(
                                    line.part(), line.lineCode(), line.partNumber(), line.description(), line.unit()),
                            line.bin(),
                            Count.of(new Quantity(line.quantity())),
                            Count.of(new Quantity(line.lost())),
                            costs ? line.unitCost() : "",
                            costs ? Amount.of(Money.mxn(line.value())) : null))
                    .toList();
            long value =
                    body.lines().stream().mapToLong(StockBody.LineBody::value).sum();
            return new Document(
                    body.id(),
                    body.kind(),
                    body.number(),
                    body.at(),
                    body.byName(),
                    body.supplier(),
                    body.reference(),
                    body.reason(),
                    body.note(),
                    body.currency(),
                    body.rate(),
                    body.unheard(),
                    lines,
                    costs ? Amount.of(Money.mxn(value)) : null);
        }
    }

    /** @param document null if no line could be taken */
    record Written(@Nullable Document document, List<RefusedLine> refused) {}

    record AtBranch(
            UUID store,
            String code,
            Count quantity,
            boolean own,
            @Nullable Instant asOf,
            Count promised,
            Count free) {
        static AtBranch of(StockDesk.AtBranch at) {
            return new AtBranch(
                    at.store(),
                    at.code(),
                    Count.of(at.quantity()),
                    at.own(),
                    at.asOf(),
                    Count.of(at.promised()),
                    Count.of(at.free()));
        }
    }
}
