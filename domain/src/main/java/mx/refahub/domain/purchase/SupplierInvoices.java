package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** Suppliers' invoices: taken in once, tied to supplier and order, compared with what was ordered and what came. */
public interface SupplierInvoices {
    int LARGEST = 4 * 1024 * 1024;

    /**
     * @param order proposed by the machine or chosen by a person
     * @param expectedAt since when its goods are expected at the order's branch; null where nobody asked for it
     */
    record Taken(
            UUID id,
            SupplierInvoice invoice,
            @Nullable UUID supplier,
            String supplierName,
            @Nullable UUID order,
            String orderNumber,
            Instant takenAt,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            @Nullable Instant expectedAt) {}

    /** The newest first. */
    List<Taken> list(int limit);

    Optional<Taken> one(UUID id);

    /** @param fresh false: it was here already */
    record Intake(Taken taken, boolean fresh) {}

    /** @return refused: {@code invoice-unreadable}, {@code invoice-not-stamped}, {@code invoice-not-ours} (another company's), {@code invoice-too-large} */
    Outcome<Intake> take(byte[] xml, Person by);

    enum Verdict {
        /** All three say the same. */
        SAME,
        /** Of the number that the supplier wrote it is not known which part it is. */
        UNMAPPED,
        NOT_ORDERED,
        NOT_RECEIVED,
        /** Invoiced more than came. */
        MORE_THAN_RECEIVED,
        /** Came and is not on the invoice. */
        NOT_INVOICED,
        COST
    }

    /** Quantities and unit costs of one part as the three papers have them; null where one has it not. */
    record Compared(
            @Nullable PartId part,
            String theirNumber,
            String text,
            @Nullable BigDecimal ordered,
            @Nullable BigDecimal received,
            @Nullable BigDecimal invoiced,
            @Nullable BigDecimal orderedCost,
            @Nullable BigDecimal invoicedCost,
            Verdict verdict) {}

    /** The three-way match; all of the invoices of the order together. Empty without an order, but for its own lines. */
    List<Compared> compare(UUID invoice);

    /** @return refused: {@code invoice-unknown}, {@code order-unknown}, {@code invoice-other-supplier}, {@code invoice-settled} */
    Outcome<Taken> tie(UUID invoice, UUID order, Person by);

    /** The supplier's number is this part of ours: on this invoice and from now on. */
    Outcome<Taken> map(UUID invoice, String theirNumber, PartId part, Person by);

    /**
     * Its goods are on their way: the branch's till shows what it brings, to be confirmed. Of an invoice without an order one is made of it, approved and sent,
     * within what the person may approve. The same again changes nothing.
     *
     * @param branch where they will come, for an invoice without an order
     * @return refused: {@code invoice-unknown}, {@code invoice-settled}, {@code invoice-no-goods} (a credit note), {@code invoice-unmapped} (of no line it is known
     *     which part it is), {@code supplier-unknown}, {@code invoice-other-currency}, {@code branch-unknown}, {@code order-limit}, {@code order-state}
     */
    Outcome<Taken> expect(UUID invoice, @Nullable UUID branch, Person by);

    /** Somebody has looked at it and agrees. @return refused: {@code invoice-unknown}, {@code invoice-no-order} */
    Outcome<Taken> settle(UUID invoice, Person by);
}
