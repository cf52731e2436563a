package mx.refahub.domain.sale;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only some lines of a ticket have.
 *
 * @param voucher the slip of a gift voucher that was sold
 * @param core what was agreed of the old piece; on the deposit's line, and where none is charged on the part's own
 * @param serials serial numbers, or the lot, of the pieces, where the part asks for them
 * @param kit of which the line is a piece; null on a line by itself
 */
public record Particulars(
        Tender.@Nullable Credit voucher,
        @Nullable Core core,
        List<String> serials,
        @Nullable KitOf kit) {
    /** When the customer hands over the old piece. */
    public enum CoreGiven {
        /** With the sale: no deposit. */
        NOW,
        /** Brings it until a day, and gets the deposit back. */
        LATER,
        /** Keeps it: what was the deposit is part of the price, taxed like the part, and does not come back. */
        NEVER
    }

    /** @param until the last day on which the deposit is paid back; null for ever */
    public record Core(CoreGiven given, @Nullable LocalDate until) {}

    public static final int MAX_SERIAL = 40;
    public static final int MOST_SERIALS = 200;

    public Particulars {
        serials = List.copyOf(serials);
        if (serials.size() > MOST_SERIALS
                || serials.stream().anyMatch(one -> one.isBlank() || one.length() > MAX_SERIAL))
            throw new IllegalArgumentException(serials.size() + " serial numbers");
    }

    /** Of a line that is no kit's. */
    public Particulars(Tender.@Nullable Credit voucher, @Nullable Core core, List<String> serials) {
        this(voucher, core, serials, null);
    }

    public static Particulars of(Tender.Credit slip) {
        return new Particulars(slip, null, List.of());
    }

    /** Null if there is nothing to say. */
    public static @Nullable Particulars of(@Nullable Core core, List<String> serials) {
        return of(core, serials, null);
    }

    /** The same, of a kit's piece. */
    public static @Nullable Particulars of(@Nullable Core core, List<String> serials, @Nullable KitOf kit) {
        return core == null && serials.isEmpty() && kit == null ? null : new Particulars(null, core, serials, kit);
    }

    /** The kit of which a line is a piece; null on a line by itself. */
    public static @Nullable KitOf kitOf(@Nullable Particulars particulars) {
        return particulars == null ? null : particulars.kit();
    }
}
