package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.core.CoreBank;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.TicketTerms;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What only some lines of a ticket have: gift vouchers, cores, serial numbers. */
@RestController
@Tag(name = "terms")
class TermsApi {
    private static final long LARGEST = 1_000_000_000_000L;
    private static final int MOST_FOUND = 50;
    private final TicketTerms terms;
    private final CoreBank bank;

    TermsApi(TicketTerms terms, CoreBank bank) {
        this.terms = terms;
        this.bank = bank;
    }

    /** @param act minted by the screen for this one key press; the same act again changes nothing */
    record NewVoucher(
            @NotNull UUID act,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long amount) {}

    @PostMapping("/pos/api/tickets/{id}/vouchers")
    @Operation(summary = "Sell a gift voucher; its slip is signed when the ticket is paid")
    TicketView voucher(
            @PathVariable UUID id,
            @RequestBody @Valid NewVoucher voucher,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        GiftVoucher face = ActRefused.unlessDone(GiftVoucher.of(voucher.amount()));
        return TicketView.of(ActRefused.unlessDone(terms.addVoucher(id, voucher.act(), face, who)), locale);
    }

    record NewCore(@NotNull Particulars.CoreGiven given) {}

    @PutMapping("/pos/api/tickets/{id}/lines/{line}/core")
    @Operation(summary = "Say when the old piece of a line comes: now, later or never")
    TicketView core(
            @PathVariable UUID id,
            @PathVariable UUID line,
            @RequestBody @Valid NewCore core,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(ActRefused.unlessDone(terms.core(id, line, core.given(), who)), locale);
    }

    record NewSerials(@NotNull @Size(max = 1_000) List<@NotNull @Size(max = 200) String> serials) {}

    @PutMapping("/pos/api/tickets/{id}/lines/{line}/serials")
    @Operation(summary = "Serial numbers or lots of a line's pieces, in place of earlier ones")
    TicketView serials(
            @PathVariable UUID id,
            @PathVariable UUID line,
            @RequestBody @Valid NewSerials typed,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(ActRefused.unlessDone(terms.serials(id, line, typed.serials(), who)), locale);
    }

    record SoldView(
            String serial, UUID sale, String folio, LocalDate day, String partNumber, String name, boolean back) {}

    @GetMapping("/pos/api/serials")
    @Operation(summary = "Which tickets of this branch sold a serial number or lot; the newest first")
    List<SoldView> sold(@RequestParam("serial") @Size(max = 200) String serial) {
        return terms.sold(serial, MOST_FOUND).stream()
                .map(one -> new SoldView(
                        one.serial(),
                        one.sale(),
                        one.folio(),
                        one.day(),
                        one.partNumber(),
                        one.description(),
                        one.back()))
                .toList();
    }

    record OwedView(
            UUID sale,
            UUID line,
            String folio,
            String lineCode,
            String partNumber,
            String name,
            Count left,
            Amount deposit,
            LocalDate soldOn,
            long days,
            @Nullable LocalDate until,
            boolean expired) {}

    /** @param limit pieces that the customer may owe; null for any number */
    record BankView(
            List<OwedView> owed,
            Count pieces,
            Amount deposits,
            @Nullable Long limit) {}

    @GetMapping("/pos/api/customers/{id}/cores")
    @Operation(summary = "Old pieces that a customer owes at this branch, with their deposits")
    BankView cores(@PathVariable UUID id, Locale locale) {
        CoreBank.Standing standing = bank.of(id);
        return new BankView(
                standing.owed().stream()
                        .map(one -> new OwedView(
                                one.sale(),
                                one.line(),
                                one.folio().isEmpty() ? TicketView.opening(Messages.isEnglish(locale)) : one.folio(),
                                one.lineCode(),
                                one.partNumber(),
                                one.description(),
                                Count.of(one.left()),
                                Amount.of(one.deposit()),
                                one.soldOn(),
                                one.days(),
                                one.until(),
                                one.expired()))
                        .toList(),
                Count.of(standing.pieces()),
                Amount.of(standing.deposits()),
                standing.limit().orElse(null));
    }
}
