package mx.refahub.pos.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.SupplierCores;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** Two alternators' old pieces are owed, one of which lies at a branch; one giving waits for its credit. */
final class FakeSupplierCores implements SupplierCores {
    static final UUID SUPPLIER = UUID.fromString("01890000-0000-7000-8000-0000000000d1");
    static final UUID GIVEN = UUID.fromString("01890000-0000-7000-8000-0000000000d2");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 20);
    private static final Age NOTHING = new Age(Quantity.ZERO, Money.mxn(0));

    private final Given given = new Given(
            GIVEN,
            "CEN",
            SUPPLIER,
            "Alternadores del Norte",
            "R-12",
            "",
            Instant.parse("2026-03-01T16:00:00Z"),
            "Rita",
            Quantity.ONE,
            Quantity.ZERO,
            Money.mxn(60000),
            Money.mxn(0),
            null,
            "",
            List.of());

    @Override
    public List<Standing> standings() {
        return List.of(new Standing(
                SUPPLIER,
                "Alternadores del Norte",
                60,
                DAY,
                NOTHING,
                new Age(Quantity.of(2), Money.mxn(120000)),
                NOTHING,
                NOTHING,
                Money.mxn(0),
                Money.mxn(60000)));
    }

    @Override
    public List<Charge> charges(UUID supplier, int limit) {
        return List.of(new Charge(
                UUID.randomUUID(),
                "CEN",
                "ALT",
                "23-11254",
                "Alternador",
                "F-88",
                DAY,
                DAY.plusDays(60),
                41,
                Quantity.of(3),
                Quantity.of(2),
                Money.mxn(120000)));
    }

    @Override
    public List<Given> given(@Nullable UUID supplier, int limit) {
        return List.of(given);
    }

    @Override
    public Optional<Given> one(UUID id) {
        return id.equals(GIVEN) ? Optional.of(given) : Optional.empty();
    }

    @Override
    public List<Proposed> proposed(int limit) {
        return List.of(new Proposed(
                UUID.randomUUID(),
                "CEN",
                SUPPLIER,
                "Alternadores del Norte",
                UUID.randomUUID(),
                "ALT",
                "23-11254",
                "Alternador",
                Quantity.ONE,
                Quantity.ONE,
                Money.mxn(60000),
                DAY.plusDays(60)));
    }

    @Override
    public Outcome<Given> credit(UUID id, UUID credit, String amount, String reference, Person by) {
        return amount.equals("600") ? known(id) : Outcome.refused("cores-credit-more", "600.00");
    }

    @Override
    public Outcome<Given> settle(UUID id, String note, Person by) {
        return note.isBlank() ? Outcome.refused("reason-needed") : known(id);
    }

    @Override
    public Outcome<Given> assign(UUID id, UUID supplier, Person by) {
        return known(id);
    }

    private Outcome<Given> known(UUID id) {
        return one(id).map(Outcome::done).orElseGet(() -> Outcome.refused("cores-given-unknown"));
    }

    @Override
    public Outcome<Integer> charge(UUID supplier, UUID part, String charge, Person by) {
        return Outcome.refused("supplier-part-unknown");
    }
}
