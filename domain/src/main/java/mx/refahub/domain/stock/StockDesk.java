package mx.refahub.domain.stock;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.StockBody;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a branch's stock besides selling. Each act is one transaction with its document, and carries an id of the screen's: the same act again answers as
 * before and changes nothing, the same id with other content is refused ({@code stock-act-differs}). Works with the hub unreachable.
 */
public interface StockDesk {
    /** Most lines of one document; more come as several. */
    int MOST_LINES = 300;

    int LONGEST_TEXT = 120;

    /**
     * The purchase order that goods come of.
     *
     * @param id null where only its paper is known here: the hub knows it by its number
     * @param invoice the supplier's, by which they were expected; null for none
     */
    record OfOrder(
            @Nullable UUID id, String number, @Nullable UUID invoice) {
        public OfOrder(@Nullable UUID id, String number) {
            this(id, number, null);
        }
    }

    /**
     * What it cost to bring the goods in.
     *
     * @param grams of the lines by their ids, of all of a line's pieces; asked for where charges go by weight
     */
    record Charges(LandedCost cost, Map<UUID, Long> grams) {
        public Charges {
            grams = Map.copyOf(grams);
        }
    }

    /**
     * That more came than the order has open, and is kept: the hub flags it until those who buy have settled it.
     *
     * @param by who answers for it, and may
     */
    record Surplus(Person by, String reason) {}

    /**
     * Goods that come from a supplier, of a purchase order or without one. A line of which more comes than is open of its order, as far as this branch knows the order, is
     * taken in only with a {@link Surplus}.
     *
     * @param rate pesos per unit of the currency; one for pesos
     * @param order null for none
     * @param charges null for none
     * @param surplus null where nobody has said so
     */
    record Receipt(
            UUID act,
            String supplier,
            String reference,
            Currency currency,
            BigDecimal rate,
            String note,
            List<StockLine> lines,
            @Nullable OfOrder order,
            @Nullable Charges charges,
            @Nullable Surplus surplus) {
        public Receipt(
                UUID act,
                String supplier,
                String reference,
                Currency currency,
                BigDecimal rate,
                String note,
                List<StockLine> lines,
                @Nullable OfOrder order,
                @Nullable Charges charges) {
            this(act, supplier, reference, currency, rate, note, lines, order, charges, null);
        }

        public Receipt(
                UUID act,
                String supplier,
                String reference,
                Currency currency,
                BigDecimal rate,
                String note,
                List<StockLine> lines,
                @Nullable OfOrder order) {
            this(act, supplier, reference, currency, rate, note, lines, order, null, null);
        }

        public Receipt(
                UUID act,
                String supplier,
                String reference,
                Currency currency,
                BigDecimal rate,
                String note,
                List<StockLine> lines) {
            this(act, supplier, reference, currency, rate, note, lines, null, null, null);
        }

        /** What was asked, by which a repeated act is known: without a surplus as it was before there were any. */
        @Override
        public String toString() {
            return "Receipt[act=" + act + ", supplier=" + supplier + ", reference=" + reference + ", currency="
                    + currency + ", rate=" + rate + ", note=" + note + ", lines=" + lines + ", order=" + order
                    + ", charges=" + charges
                    + (surplus == null ? "" : ", surplus=" + surplus.by().id() + " " + surplus.reason())
                    + "]";
        }
    }

    /** @param line its id */
    record RefusedLine(UUID line, Refusal reason) {}

    /**
     * What came of goods that were to be taken in.
     *
     * @param document as it was written; null where none of its lines could be taken in
     * @param refused lines that were not taken in. Of a receipt {@code receipt-beyond} (order, ordered, received, of the line, too many), {@code receipt-not-ordered}
     *     (order), {@code receipt-order-ended} (order); of a transfer {@code transfer-line-more} (part, still on the way)
     */
    record TakenIn(@Nullable StockBody document, List<RefusedLine> refused) {
        public TakenIn {
            refused = List.copyOf(refused);
        }
    }

    /** @param lease that it answers, of this branch as the giver; null for none */
    record Sending(
            UUID act,
            UUID to,
            String note,
            List<StockLine> lines,
            @Nullable UUID lease) {
        public Sending(UUID act, UUID to, String note, List<StockLine> lines) {
            this(act, to, note, lines, null);
        }

        /** What was asked, by which a repeated act is known: without a lease as it was before there were any. */
        @Override
        public String toString() {
            return "Sending[act=" + act + ", to=" + to + ", note=" + note + ", lines=" + lines
                    + (lease == null ? "" : ", lease=" + lease) + "]";
        }
    }

    /** Goods of a transfer: at the branch that they were sent to, or back at the one that sent them. */
    record Arrival(UUID act, TransferNumber number, String note, List<StockLine> lines) {}

    enum Reason {
        DAMAGED,
        STOLEN,
        FOUND,
        OWN_USE,
        TO_SUPPLIER,
        CORRECTION,
        /** The lines are kits: so many made up out of their pieces, or taken apart (negative). The document has the pieces' lines beside them. */
        KIT
    }

    /**
     * @param supplier to whom the goods go back; empty but for {@link Reason#TO_SUPPLIER}
     * @param reference their paper for it
     */
    record Adjustment(UUID act, Reason reason, String note, List<StockLine> lines, String supplier, String reference) {
        public Adjustment(UUID act, Reason reason, String note, List<StockLine> lines) {
            this(act, reason, note, lines, "", "");
        }
    }

    /** @return refused as a whole: {@code stock-no-lines}, {@code stock-act-differs}, {@code store-not-ready}, {@code stock-rate-wrong} */
    Outcome<TakenIn> receive(Receipt receipt, Person who);

    /**
     * @return also refused: {@code branch-unknown} where the hub lists no such open branch, {@code branch-own}, {@code branch-closed} (any act here, once the hub
     *     has closed this branch), {@code lease-unknown}, {@code lease-ended}, {@code lease-other} for another branch or without the part that is promised
     */
    Outcome<StockBody> send(Sending sending, Person who);

    /**
     * @return also refused as a whole: {@code transfer-not-ours}, {@code transfer-taken-in} (its rest is known only once the hub has told)
     */
    Outcome<TakenIn> takeIn(Arrival arrival, Person who);

    /** @return of kits also refused: {@code kit-none} (no kit), {@code kit-fraction}, {@code kit-short} (not enough on the shelf: of what, and how many there are) */
    Outcome<StockBody> adjust(Adjustment adjustment, Person who);

    /** What stands here of these parts; absent where there never was any. One index look-up each. */
    Map<PartId, Standing> standing(Collection<PartId> parts);

    record InBin(String bin, Quantity quantity) {}

    /** @param mainBin where a sale takes it from first */
    record Standing(Holding holding, String mainBin, List<InBin> bins) {}

    /**
     * Stock of a branch as known here.
     *
     * @param asOf null for the own branch, which is always right
     * @param promised what of {@code quantity} is set aside for another branch
     */
    record AtBranch(
            UUID store,
            String code,
            Quantity quantity,
            boolean own,
            @Nullable Instant asOf,
            Quantity promised) {
        public AtBranch(UUID store, String code, Quantity quantity, boolean own, @Nullable Instant asOf) {
            this(store, code, quantity, own, asOf, Quantity.ZERO);
        }

        public Quantity free() {
            return new Quantity(quantity.thousandths() - promised.thousandths());
        }
    }

    /** The own branch first, then those with most. */
    Map<PartId, List<AtBranch>> byBranch(Collection<PartId> parts);

    /** @param number what a person knows the document by: folio, transfer, reference; may be empty */
    record Entry(
            UUID id,
            Instant at,
            StockMovement.Kind kind,
            String number,
            String byName,
            String bin,
            Quantity quantity,
            Quantity after,
            long value) {}

    /** The newest movements of a part, newest first, with what was on hand after each. */
    List<Entry> kardex(PartId part, int limit);

    record Branch(UUID id, String code, String name) {}

    /** Open branches but for this one, as the hub listed them last. */
    List<Branch> branches();

    /**
     * @param sent null where this branch has not heard what was sent
     * @param here what this branch has taken in or written off
     * @param elsewhere what the hub knows that others took in or wrote off
     */
    record TransitLine(PartId part, @Nullable Quantity sent, Quantity here, Quantity elsewhere) {}

    /** @param incoming false: sent from here */
    record Transit(
            TransferNumber number, String from, String to, boolean incoming, Instant sentAt, List<TransitLine> lines) {}

    /** What is still on the way, to here and from here, newest first. */
    List<Transit> transfers();

    /** @return refused: {@code transfer-unheard} where only the paper knows of it */
    Outcome<Transit> transfer(TransferNumber number);

    /** The newest documents of a kind, newest first. */
    List<StockBody> latest(StockMovement.Kind kind, int limit);
}
