package mx.refahub.pos.counter;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.KitOf;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;

/**
 * The kit of which a line is a piece: what acts on the kit names its id in a line's place.
 *
 * @param total of all its pieces, without deposits
 * @param saved against what the pieces cost by themselves; null for nothing
 */
record KitView(
        UUID id,
        UUID partId,
        String lineCode,
        String partNumber,
        String name,
        Count quantity,
        Amount total,
        @Nullable Amount saved) {
    static @Nullable KitView of(TicketLine line, List<TicketLine> lines) {
        KitOf kit = Particulars.kitOf(line.particulars());
        if (kit == null) return null;
        Money total = Money.mxn(0);
        Money saved = Money.mxn(0);
        for (TicketLine one : lines) {
            KitOf its = Particulars.kitOf(one.particulars());
            if (its == null || !its.id().equals(kit.id())) continue;
            total = total.plus(one.amounts().total());
            saved = saved.plus(one.savings());
        }
        return of(kit, total, saved);
    }

    static @Nullable KitView of(SaleLine line, List<SaleLine> lines) {
        KitOf kit = Particulars.kitOf(line.particulars());
        if (kit == null) return null;
        Money total = Money.mxn(0);
        Money saved = Money.mxn(0);
        for (SaleLine one : lines) {
            KitOf its = Particulars.kitOf(one.particulars());
            if (its == null || !its.id().equals(kit.id())) continue;
            total = total.plus(one.amounts().total());
            saved = saved.plus(one.savings());
        }
        return of(kit, total, saved);
    }

    private static KitView of(KitOf kit, Money total, Money saved) {
        return new KitView(
                kit.id(),
                kit.part().value(),
                kit.lineCode().value(),
                kit.number().value(),
                kit.name(),
                Count.of(kit.quantity()),
                Amount.of(total),
                saved.isZero() ? null : Amount.of(saved));
    }
}
