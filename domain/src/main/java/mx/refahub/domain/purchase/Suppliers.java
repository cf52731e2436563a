package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** The suppliers and what they call our parts. */
public interface Suppliers {
    /**
     * @param measuredDays from sending an order to its first goods, the middle one of the last year's; null before the first
     * @param orders how many that was measured over
     */
    record Known(Supplier supplier, @Nullable BigDecimal measuredDays, long orders, long parts) {}

    /** By name; archived ones only if asked for. */
    List<Known> list(boolean archived);

    Optional<Known> one(UUID id);

    /**
     * Makes it or changes it; the same again changes nothing.
     *
     * @return also refused: {@code supplier-code-taken}, {@code supplier-rfc-taken}
     */
    Outcome<Supplier> keep(UUID id, Supplier.Form form, Person by);

    /** @return refused: {@code supplier-unknown}, {@code supplier-rfc-taken} when it comes back and another has its RFC */
    Outcome<Supplier> archive(UUID id, boolean archived, Person by);

    /** @param core what they charge for the old piece until it comes; zero for none */
    record TheirPart(
            String theirNumber,
            PartId part,
            String lineCode,
            String partNumber,
            String name,
            @Nullable BigDecimal cost,
            Quantity pack,
            Instant notedAt,
            BigDecimal core) {}

    /** By their number. */
    List<TheirPart> parts(UUID supplier, int limit);

    /**
     * Remembers that this number of theirs is that part of ours; what it meant before is forgotten.
     *
     * @param cost text; empty leaves the one that is known
     * @param pack text; empty for one
     * @return refused: {@code supplier-unknown}, {@code part-unknown}, {@code supplier-number-wrong}, and the line refusals of stock
     */
    Outcome<TheirPart> map(UUID supplier, String theirNumber, PartId part, String cost, String pack, Person by);

    /** @return whether it was there */
    boolean unmap(UUID supplier, String theirNumber, Person by);
}
