package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.purchase.Supplier;
import mx.refahub.domain.purchase.Suppliers;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whom the company buys from, and what they call our parts. */
@RestController
final class SuppliersController {
    private static final int MOST_PARTS = 1_000;

    private final Suppliers suppliers;

    SuppliersController(Suppliers suppliers) {
        this.suppliers = suppliers;
    }

    /** @param measuredDays null before the first receipt */
    record Row(
            UUID id,
            String code,
            String name,
            String rfc,
            String email,
            String currency,
            int creditDays,
            int leadDays,
            Amount minimumOrder,
            String minimumText,
            String note,
            boolean archived,
            @Nullable BigDecimal measuredDays,
            long orders,
            long parts,
            int coreDays,
            boolean fillUp) {
        static Row of(Suppliers.Known known) {
            Supplier s = known.supplier();
            return new Row(
                    s.id(),
                    s.code(),
                    s.name(),
                    s.rfc(),
                    s.email(),
                    s.currency().getCurrencyCode(),
                    s.creditDays(),
                    s.leadDays(),
                    Amount.of(s.minimumOrder()),
                    s.minimumOrder().amount().toPlainString(),
                    s.note(),
                    s.archived(),
                    known.measuredDays(),
                    known.orders(),
                    known.parts(),
                    s.coreDays(),
                    s.fillUp());
        }
    }

    record All(List<Row> suppliers) {}

    @GetMapping("/console/api/suppliers")
    All all(@RequestParam(defaultValue = "false") boolean archived) {
        return new All(suppliers.list(archived).stream().map(Row::of).toList());
    }

    record Typed(
            @Size(max = 200) @Nullable String code,
            @Size(max = 400) @Nullable String name,
            @Size(max = 40) @Nullable String rfc,
            @Size(max = 300) @Nullable String email,
            @Size(max = 10) @Nullable String currency,
            @Size(max = 20) @Nullable String creditDays,
            @Size(max = 20) @Nullable String leadDays,
            @Size(max = 40) @Nullable String minimumOrder,
            @Size(max = 400) @Nullable String note,
            @Size(max = 20) @Nullable String coreDays,
            @Nullable Boolean fillUp) {}

    @PutMapping("/console/api/suppliers/{id}")
    Row keep(@PathVariable UUID id, @RequestBody @Valid Typed typed, @AuthenticationPrincipal Person who) {
        Supplier kept = ActRefused.unlessDone(suppliers.keep(
                id,
                new Supplier.Form(
                        or(typed.code()),
                        or(typed.name()),
                        or(typed.rfc()),
                        or(typed.email()),
                        or(typed.currency()),
                        or(typed.creditDays()),
                        or(typed.leadDays()),
                        or(typed.minimumOrder()),
                        or(typed.note()),
                        or(typed.coreDays()),
                        Boolean.TRUE.equals(typed.fillUp())),
                who));
        return Row.of(known(kept.id()));
    }

    private Suppliers.Known known(UUID id) {
        return suppliers.one(id).orElseThrow(() -> ActRefused.of("supplier-unknown"));
    }

    @PostMapping("/console/api/suppliers/{id}/archive")
    Row archive(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return Row.of(
                known(ActRefused.unlessDone(suppliers.archive(id, true, who)).id()));
    }

    @PostMapping("/console/api/suppliers/{id}/bring-back")
    Row bringBack(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return Row.of(
                known(ActRefused.unlessDone(suppliers.archive(id, false, who)).id()));
    }

    record TheirPart(
            String theirNumber,
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            @Nullable BigDecimal cost,
            String pack,
            Instant notedAt,
            BigDecimal core) {
        static TheirPart of(Suppliers.TheirPart part) {
            return new TheirPart(
                    part.theirNumber(),
                    part.part().value(),
                    part.lineCode(),
                    part.partNumber(),
                    part.name(),
                    part.cost(),
                    part.pack().text(),
                    part.notedAt(),
                    part.core());
        }
    }

    record TheirParts(Row supplier, List<TheirPart> parts) {}

    @GetMapping("/console/api/suppliers/{id}/parts")
    TheirParts parts(@PathVariable UUID id) {
        return new TheirParts(
                Row.of(known(id)),
                suppliers.parts(id, MOST_PARTS).stream().map(TheirPart::of).toList());
    }

    record Mapping(
            @NotNull @Size(max = 200) String theirNumber,
            @NotNull UUID part,
            @Size(max = 40) @Nullable String cost,
            @Size(max = 40) @Nullable String pack) {}

    @PutMapping("/console/api/suppliers/{id}/parts")
    TheirPart map(@PathVariable UUID id, @RequestBody @Valid Mapping mapping, @AuthenticationPrincipal Person who) {
        return TheirPart.of(ActRefused.unlessDone(suppliers.map(
                id, mapping.theirNumber(), new PartId(mapping.part()), or(mapping.cost()), or(mapping.pack()), who)));
    }

    record Forgotten(boolean was) {}

    @DeleteMapping("/console/api/suppliers/{id}/parts")
    Forgotten unmap(
            @PathVariable UUID id, @RequestParam @Size(max = 200) String number, @AuthenticationPrincipal Person who) {
        return new Forgotten(suppliers.unmap(id, number, who));
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
