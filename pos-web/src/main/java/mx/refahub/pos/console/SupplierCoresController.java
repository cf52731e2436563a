package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.purchase.SupplierCores;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Old pieces owed to suppliers: by age, what to give back, and the credit for it. */
@RestController
final class SupplierCoresController {
    private static final int MOST = 500;

    private final SupplierCores cores;

    SupplierCoresController(SupplierCores cores) {
        this.cores = cores;
    }

    record Age(Count pieces, Amount amount) {
        static Age of(SupplierCores.Age age) {
            return new Age(Count.of(age.pieces()), Amount.of(age.amount()));
        }
    }

    /** @param ages 0–30, 31–60, 61–90 days and more */
    record Standing(
            UUID supplier,
            String name,
            int days,
            @Nullable LocalDate oldest,
            List<Age> ages,
            Amount overdue,
            Amount awaited) {}

    record Proposed(
            UUID store,
            String storeCode,
            UUID supplier,
            String supplierName,
            String lineCode,
            String partNumber,
            String name,
            Count lies,
            Count quantity,
            Amount amount,
            @Nullable LocalDate due) {}

    record Charge(
            UUID id,
            String store,
            String lineCode,
            String partNumber,
            String name,
            String reference,
            LocalDate on,
            @Nullable LocalDate due,
            long days,
            Count bought,
            Count open,
            Amount amount) {}

    record Credit(Amount amount, String reference, Instant at, String by) {}

    record Given(
            UUID id,
            String store,
            @Nullable UUID supplier,
            String supplierName,
            String reference,
            String note,
            Instant at,
            String by,
            Count pieces,
            Count surplus,
            Amount expected,
            Amount credited,
            @Nullable Instant settledAt,
            String settledNote,
            List<Credit> credits) {
        static Given of(SupplierCores.Given one) {
            return new Given(
                    one.id(),
                    one.store(),
                    one.supplier(),
                    one.supplierName(),
                    one.reference(),
                    one.note(),
                    one.at(),
                    one.by(),
                    Count.of(one.pieces()),
                    Count.of(one.surplus()),
                    Amount.of(one.expected()),
                    Amount.of(one.credited()),
                    one.settledAt(),
                    one.settledNote(),
                    one.credits().stream()
                            .map(credit -> new Credit(
                                    Amount.of(credit.amount()), credit.reference(), credit.at(), credit.by()))
                            .toList());
        }
    }

    record Bank(List<Standing> suppliers, List<Proposed> proposed, List<Given> given) {}

    @GetMapping("/console/api/supplier-cores")
    Bank bank(@RequestParam(required = false) @Nullable UUID supplier) {
        return new Bank(
                cores.standings().stream()
                        .map(one -> new Standing(
                                one.supplier(),
                                one.name(),
                                one.days(),
                                one.oldest(),
                                List.of(Age.of(one.to30()), Age.of(one.to60()), Age.of(one.to90()), Age.of(one.more())),
                                Amount.of(one.overdue()),
                                Amount.of(one.awaited())))
                        .toList(),
                cores.proposed(MOST).stream()
                        .map(one -> new Proposed(
                                one.store(),
                                one.storeCode(),
                                one.supplier(),
                                one.supplierName(),
                                one.lineCode(),
                                one.partNumber(),
                                one.name(),
                                Count.of(one.lies()),
                                Count.of(one.quantity()),
                                Amount.of(one.amount()),
                                one.due()))
                        .toList(),
                cores.given(supplier, MOST).stream().map(Given::of).toList());
    }

    record Charges(List<Charge> charges) {}

    @GetMapping("/console/api/supplier-cores/{supplier}")
    Charges charges(@PathVariable UUID supplier) {
        return new Charges(cores.charges(supplier, MOST).stream()
                .map(one -> new Charge(
                        one.id(),
                        one.store(),
                        one.lineCode(),
                        one.partNumber(),
                        one.name(),
                        one.reference(),
                        one.on(),
                        one.due(),
                        one.days(),
                        Count.of(one.bought()),
                        Count.of(one.open()),
                        Amount.of(one.amount())))
                .toList());
    }

    /** @param id minted by the screen */
    record Credited(
            @NotNull UUID id,
            @NotNull @Size(max = 40) String amount,
            @Size(max = 200) @Nullable String reference) {}

    @PostMapping("/console/api/supplier-cores/given/{id}/credit")
    Given credit(@PathVariable UUID id, @RequestBody @Valid Credited typed, @AuthenticationPrincipal Person who) {
        return Given.of(ActRefused.unlessDone(
                cores.credit(id, typed.id(), typed.amount(), typed.reference() == null ? "" : typed.reference(), who)));
    }

    record Reason(@NotNull @Size(max = 200) String reason) {}

    @PostMapping("/console/api/supplier-cores/given/{id}/settle")
    Given settle(@PathVariable UUID id, @RequestBody @Valid Reason typed, @AuthenticationPrincipal Person who) {
        return Given.of(ActRefused.unlessDone(cores.settle(id, typed.reason(), who)));
    }

    record Whose(@NotNull UUID supplier) {}

    @PostMapping("/console/api/supplier-cores/given/{id}/supplier")
    Given assign(@PathVariable UUID id, @RequestBody @Valid Whose typed, @AuthenticationPrincipal Person who) {
        return Given.of(ActRefused.unlessDone(cores.assign(id, typed.supplier(), who)));
    }

    /** @param charge for the old piece, in the supplier's currency; empty for none */
    record OfPart(
            @NotNull UUID part, @Size(max = 40) @Nullable String charge) {}

    record Numbers(int numbers) {}

    @PutMapping("/console/api/suppliers/{id}/cores")
    Numbers charge(@PathVariable UUID id, @RequestBody @Valid OfPart typed, @AuthenticationPrincipal Person who) {
        return new Numbers(ActRefused.unlessDone(
                cores.charge(id, typed.part(), typed.charge() == null ? "" : typed.charge(), who)));
    }
}
