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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.MiscItem;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The ticket in hand and its payment. */
@RestController
@Tag(name = "tickets")
class TicketApi {
    private final Till till;
    private final PartCatalogue catalogue;
    private final PartSearch search;
    private final Approvals approvals;
    private final PosSettings settings;
    private final Messages messages;

    TicketApi(
            Till till,
            PartCatalogue catalogue,
            PartSearch search,
            Approvals approvals,
            PosSettings settings,
            Messages messages) {
        this.till = till;
        this.approvals = approvals;
        this.catalogue = catalogue;
        this.search = search;
        this.settings = settings;
        this.messages = messages;
    }

    /**
     * One of {@code partId}, {@code barcode} (a barcode, else an exact number) or {@code text} (the same, typed).
     *
     * @param act minted by the screen for this one key press; the same act again changes nothing
     */
    record NewLine(
            @NotNull UUID act,
            @Nullable UUID partId,
            @Size(max = 200) @Nullable String barcode,
            @Size(max = 200) @Nullable String text,

            @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3) @Nullable
            BigDecimal quantity) {}

    record NewQuantity(
            @NotNull @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3)
            BigDecimal quantity) {}

    @PostMapping("/pos/api/registers/{id}/ticket")
    @Operation(summary = "The register's ticket in hand, opened if there is none")
    TicketView inHand(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return TicketView.of(ActRefused.unlessDone(till.inHand(new RegisterId(id), who)), locale);
    }

    @GetMapping("/pos/api/tickets/{id}")
    @Operation(summary = "A ticket in hand")
    TicketView ticket(@PathVariable UUID id, Locale locale) {
        return TicketView.of(ActRefused.unlessDone(till.ticket(id)), locale);
    }

    record Note(@NotNull @Size(max = 1000) String note) {}

    /**
     * One of {@code percent} and {@code unitPrice}, or neither to take the discount off.
     *
     * @param unitPrice centavos, in the price's own terms
     * @param approval a supervisor's, where the own limit does not reach
     */
    record NewDiscount(
            @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2) @Nullable
            BigDecimal percent,

            @Min(-LARGEST_PRICE) @Max(LARGEST_PRICE) @Nullable
            Long unitPrice,

            @Size(max = 1000) @Nullable String reason,
            @Valid Approvals.@Nullable Approval approval) {}

    private static final long LARGEST_PRICE = 1_000_000_000_000L;

    @PutMapping("/pos/api/tickets/{id}/lines/{line}/note")
    @Operation(summary = "Write to a line; an empty text takes the note off")
    TicketView note(
            @PathVariable UUID id,
            @PathVariable UUID line,
            @RequestBody @Valid Note note,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(ActRefused.unlessDone(till.note(id, line, note.note(), who)), locale);
    }

    @PutMapping("/pos/api/tickets/{id}/lines/{line}/discount")
    @Operation(summary = "Sell a line for less, by percent or unit price")
    TicketView discount(
            @PathVariable UUID id,
            @PathVariable UUID line,
            @RequestBody @Valid NewDiscount discount,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        Discount wanted = discount(discount);
        return TicketView.of(
                ActRefused.unlessDone(till.discount(
                        id, line, wanted, reason(discount), who, approvals.approver(discount.approval()))),
                locale);
    }

    @PutMapping("/pos/api/tickets/{id}/discount")
    @Operation(summary = "The same percentage off every part on the ticket")
    TicketView discountAll(
            @PathVariable UUID id,
            @RequestBody @Valid NewDiscount discount,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        if (discount.unitPrice() != null) throw ActRefused.of("discount-invalid");
        Discount.Percent wanted = discount.percent() == null ? null : percent(discount.percent());
        return TicketView.of(
                ActRefused.unlessDone(
                        till.discountAll(id, wanted, reason(discount), who, approvals.approver(discount.approval()))),
                locale);
    }

    private static @Nullable Discount discount(NewDiscount discount) {
        if (discount.percent() != null && discount.unitPrice() != null) throw ActRefused.of("discount-invalid");
        if (discount.percent() != null) return percent(discount.percent());
        if (discount.unitPrice() == null) return null;
        if (discount.unitPrice() < 0) throw ActRefused.of("discount-invalid");
        return new Discount.UnitPrice(Money.mxn(discount.unitPrice()));
    }

    private static Discount.Percent percent(BigDecimal percent) {
        if (percent.signum() <= 0 || percent.compareTo(Discount.HUNDRED) > 0) throw ActRefused.of("discount-invalid");
        return new Discount.Percent(percent);
    }

    private static String reason(NewDiscount discount) {
        return discount.reason() == null ? "" : discount.reason();
    }

    @PostMapping("/pos/api/tickets/{id}/lines")
    @Operation(summary = "Add a part by id, barcode or exact number")
    TicketView add(
            @PathVariable UUID id,
            @RequestBody @Valid NewLine line,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        Quantity wanted = line.quantity() == null ? Quantity.ONE : Quantity.of(line.quantity());
        Chosen chosen = choose(line, wanted);
        return TicketView.of(
                ActRefused.unlessDone(till.add(id, line.act(), chosen.part(), chosen.quantity(), who)), locale);
    }

    /**
     * @param act minted by the screen for this one key press; the same act again changes nothing
     * @param price centavos a piece
     * @param satProduct and {@code satUnit} SAT's general keys where they are left out
     * @param approval a supervisor's, where the own limit does not reach
     */
    record NewMisc(
            @NotNull UUID act,
            @NotNull @Size(max = 1000) String description,
            @Min(-LARGEST_PRICE) @Max(LARGEST_PRICE) long price,
            boolean includesTax,
            @NotNull TaxClass taxClass,
            @Size(max = 20) @Nullable String satProduct,
            @Size(max = 20) @Nullable String satUnit,

            @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3) @Nullable
            BigDecimal quantity,

            @Valid Approvals.@Nullable Approval approval) {}

    @PostMapping("/pos/api/tickets/{id}/misc")
    @Operation(summary = "Sell something that is in no catalogue")
    TicketView misc(
            @PathVariable UUID id,
            @RequestBody @Valid NewMisc misc,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        MiscItem item = ActRefused.unlessDone(MiscItem.typed(
                misc.description(),
                misc.price(),
                misc.includesTax(),
                misc.taxClass(),
                misc.satProduct() == null ? "" : misc.satProduct(),
                misc.satUnit() == null ? "" : misc.satUnit()));
        Quantity quantity = misc.quantity() == null ? Quantity.ONE : Quantity.of(misc.quantity());
        return TicketView.of(
                ActRefused.unlessDone(
                        till.addMisc(id, misc.act(), item, quantity, who, approvals.approver(misc.approval()))),
                locale);
    }

    @PutMapping("/pos/api/tickets/{id}/lines/{line}")
    @Operation(summary = "Set a line's quantity")
    TicketView quantity(
            @PathVariable UUID id,
            @PathVariable UUID line,
            @RequestBody @Valid NewQuantity quantity,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(
                ActRefused.unlessDone(till.quantity(id, line, Quantity.of(quantity.quantity()), who)), locale);
    }

    @DeleteMapping("/pos/api/tickets/{id}/lines/{line}")
    @Operation(summary = "Take a line off the ticket")
    TicketView remove(
            @PathVariable UUID id, @PathVariable UUID line, @AuthenticationPrincipal Person who, Locale locale) {
        return TicketView.of(ActRefused.unlessDone(till.remove(id, line, who)), locale);
    }

    @PostMapping("/pos/api/tickets/{id}/payment/preview")
    @Operation(summary = "What these offers would come to; nothing is kept")
    PaymentView preview(@PathVariable UUID id, @RequestBody @Valid PaymentView.Preview preview, Locale locale) {
        Money due = ActRefused.unlessDone(till.ticket(id)).due();
        Payment payment = preview.offers().isEmpty() && due.isNegative()
                ? ActRefused.unlessDone(till.givenBack(id))
                : PaymentView.payment(preview.offers());
        return PaymentView.of(due, preview.offers(), payment, settings.bills(), till.terms(), messages, locale);
    }

    @PostMapping("/pos/api/tickets/{id}/payment")
    @Operation(summary = "Charge the ticket; the same payment again answers with the same sale")
    SaleView pay(
            @PathVariable UUID id, @RequestBody @Valid PaymentView.Charge charge, @AuthenticationPrincipal Person who) {
        return SaleView.of(ActRefused.unlessDone(till.pay(
                id,
                Money.mxn(charge.total()),
                PaymentView.payment(charge.offers()),
                who,
                approvals.approver(charge.approval()))));
    }

    private record Chosen(PartId part, Quantity quantity) {}

    private Chosen choose(NewLine line, Quantity wanted) {
        if (line.partId() != null) return new Chosen(new PartId(line.partId()), wanted);
        String code = line.barcode() != null ? line.barcode() : line.text();
        if (code == null || code.isBlank()) throw ActRefused.of("code-missing");
        Optional<PartCatalogue.Scanned> scanned = catalogue.scanned(code);
        if (scanned.isPresent()) {
            Quantity pack = scanned.get().barcode().pack();
            return new Chosen(scanned.get().part(), Quantity.of(pack.value().multiply(wanted.value())));
        }
        // Some boxes carry the maker's number itself as their barcode.
        List<PartHits.Hit> exact = search.find(PartQuery.text(code, 2)).hits().stream()
                .filter(hit ->
                        hit.reason().kind() == Reason.Kind.EXACT || hit.reason().kind() == Reason.Kind.WITHOUT_DASHES)
                .toList();
        return switch (exact.size()) {
            case 0 -> throw ActRefused.of("code-unknown", code.strip());
            case 1 -> new Chosen(exact.getFirst().part(), wanted);
            default -> throw ActRefused.of("code-ambiguous", code.strip());
        };
    }
}
