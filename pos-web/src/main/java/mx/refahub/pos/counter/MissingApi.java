package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.lostsale.LostSales;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.proposal.CounterParts;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the catalogue lacks: parts made at the counter, and sales that did not come about. */
@RestController
@Tag(name = "missing")
class MissingApi {
    private static final long LARGEST_PRICE = 1_000_000_000_000L;
    private static final int SHOWN = 50;

    private final CounterParts parts;
    private final LostSales lostSales;

    MissingApi(CounterParts parts, LostSales lostSales) {
        this.parts = parts;
        this.lostSales = lostSales;
    }

    /**
     * @param act minted by the screen for this one key press; the same act again changes nothing
     * @param price centavos
     */
    record NewPart(
            @NotNull UUID act,
            @NotNull @Size(max = 100) String lineCode,
            @NotNull @Size(max = 200) String number,
            @Size(max = 1000) @Nullable String brand,
            @NotNull @Size(max = 1000) String name,
            @Size(max = 1000) @Nullable String category,
            @Size(max = 200) @Nullable String barcode,
            @Min(-LARGEST_PRICE) @Max(LARGEST_PRICE) long price,
            boolean includesTax,
            @NotNull TaxClass taxClass) {}

    /**
     * @param verdict null while the hub has not answered
     * @param part what takes its place; null where it was refused
     */
    record Made(
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            Instant at,
            String by,
            @Nullable String verdict,
            @Nullable UUID part,
            @Nullable String reason) {
        static Made of(CounterParts.Made made) {
            CounterParts.Decision decision = made.decision();
            PartId part = decision == null ? null : decision.part();
            return new Made(
                    made.id().value(),
                    made.draft().lineCode().value(),
                    made.draft().number().value(),
                    made.draft().name(),
                    made.at(),
                    made.by(),
                    decision == null ? null : decision.verdict().name(),
                    part == null ? null : part.value(),
                    decision == null ? null : decision.reason());
        }
    }

    record AllMade(List<Made> parts) {}

    @PostMapping("/pos/api/parts")
    @Operation(summary = "Make a part that the catalogue lacks; it can be sold here at once")
    Made make(@RequestBody @Valid NewPart part, @AuthenticationPrincipal Person who) {
        PartDraft draft = ActRefused.unlessDone(PartDraft.of(new PartDraft.Typed(
                part.lineCode(),
                part.number(),
                or(part.brand()),
                part.name(),
                or(part.category()),
                or(part.barcode()),
                part.price(),
                part.includesTax(),
                part.taxClass())));
        return Made.of(ActRefused.unlessDone(parts.make(part.act(), draft, who)));
    }

    @GetMapping("/pos/api/parts")
    @Operation(summary = "The latest parts made here, with what the hub made of them")
    AllMade made() {
        return new AllMade(parts.latest(SHOWN).stream().map(Made::of).toList());
    }

    /**
     * @param act minted by the screen for this one key press; the same act again changes nothing
     * @param text what was asked for, as it was typed
     * @param vehicle the one in hand, in words
     */
    record NewLostSale(
            @NotNull UUID act,
            @Size(max = 1000) @Nullable String text,
            @Size(max = 1000) @Nullable String vehicle,
            @Nullable UUID partId,

            @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3) @Nullable
            BigDecimal quantity,

            LostSale.@NotNull Reason reason,
            @Size(max = 1000) @Nullable String note) {}

    record Noted(UUID id, Instant at) {}

    @PostMapping("/pos/api/lost-sales")
    @Operation(summary = "Note what a customer asked for and did not get")
    Noted lost(@RequestBody @Valid NewLostSale lost, @AuthenticationPrincipal Person who) {
        LostSale sale = ActRefused.unlessDone(lostSales.note(
                lost.act(),
                new LostSale.Asked(
                        or(lost.text()),
                        or(lost.vehicle()),
                        lost.partId() == null ? null : new PartId(lost.partId()),
                        lost.quantity() == null ? Quantity.ONE : Quantity.of(lost.quantity()),
                        lost.reason(),
                        or(lost.note())),
                who));
        return new Noted(sale.id(), sale.at());
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
