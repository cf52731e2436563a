package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnPolicies;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.SoldTicket;
import mx.refahub.domain.sale.Tender;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What customers bring back. */
@RestController
@Tag(name = "returns")
class ReturnsApi {
    private static final int LONGEST_CODE = 2_000;
    private static final int MOST_PARTS = 200;

    private final Returns returns;
    private final ReturnPolicies policies;
    private final Approvals approvals;
    private final Messages messages;

    ReturnsApi(Returns returns, ReturnPolicies policies, Approvals approvals, Messages messages) {
        this.returns = returns;
        this.policies = policies;
        this.approvals = approvals;
        this.messages = messages;
    }

    /** @param scanned one text, or all codes of one ticket */
    record Look(@NotEmpty @Size(max = 8) List<@NotNull @Size(max = LONGEST_CODE) String> scanned) {}

    /**
     * @param branch that sold it; empty where it is this one
     * @param missing lines that only that branch can take back
     */
    record SoldView(
            UUID id,
            String folio,
            String branch,
            Instant soldAt,
            LocalDate businessDay,
            Amount total,
            List<Tender.Kind> tenders,
            TicketView.@Nullable Who buyer,
            int missing,
            List<SoldLine> lines) {
        static SoldView of(SoldTicket sold) {
            return new SoldView(
                    sold.id(),
                    sold.folio(),
                    sold.branch(),
                    sold.soldAt(),
                    sold.businessDay(),
                    Amount.of(sold.total()),
                    sold.tenders().stream().sorted().toList(),
                    TicketView.Who.of(sold.buyer()),
                    sold.missing(),
                    sold.lines().stream()
                            .map(line -> SoldLine.of(line, sold.lines()))
                            .toList());
        }
    }

    record SoldLine(
            UUID id,
            String kind,
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            Count quantity,
            Amount total,
            @Nullable KitView kit) {
        static SoldLine of(SaleLine line, List<SaleLine> lines) {
            return new SoldLine(
                    line.id(),
                    line.kind().name(),
                    line.part().value(),
                    line.lineCode().value(),
                    line.number().value(),
                    line.description(),
                    Count.of(line.quantity()),
                    Amount.of(line.amounts().total()),
                    KitView.of(line, lines));
        }
    }

    /** @param lines with what is left of each, by the line's id, in the order of the sale; lines that came back themselves are left out */
    record ReturnableView(SoldView sale, List<Left> lines) {
        /** @param late the days are over; the rest of the policy stands in its {@code text}, null where there is none */
        record Left(UUID line, Count left, @Nullable PolicyView policy, boolean late) {}
    }

    /** @param text as people read it, in the screen's language */
    record PolicyView(boolean returnable, @Nullable Integer days, String fee, boolean inspect, String text) {}

    private @Nullable PolicyView policy(ReturnPolicy policy, Locale locale) {
        if (policy.equals(ReturnPolicy.NONE)) return null;
        StringBuilder text = new StringBuilder();
        Integer days = policy.days();
        if (!policy.returnable()) add(text, messages.text(locale, "return.policy.never", List.of()));
        else if (days != null) add(text, messages.text(locale, "return.policy.days", List.of(days.toString())));
        if (policy.feePercent() > 0) add(text, messages.text(locale, "return.policy.fee", List.of(policy.feeText())));
        if (policy.inspect()) add(text, messages.text(locale, "return.policy.inspect", List.of()));
        return new PolicyView(policy.returnable(), days, policy.feeText(), policy.inspect(), text.toString());
    }

    private static void add(StringBuilder text, String words) {
        if (!text.isEmpty()) text.append(" · ");
        text.append(words);
    }

    record VehicleTyped(
            @NotNull @Size(max = 60) String make,
            @NotNull @Size(max = 60) String model,
            @Min(0) @Max(9999) @Nullable Integer year,

            @Size(max = 60) @Nullable String engine) {
        ReturnTerms.Vehicle vehicle() {
            if (make.isBlank() || model.isBlank()) throw ActRefused.of("return-vehicle");
            return new ReturnTerms.Vehicle(make, model, year == null ? 0 : year, engine == null ? "" : engine);
        }

        static ReturnTerms.@Nullable Vehicle of(@Nullable VehicleTyped typed) {
            return typed == null ? null : typed.vehicle();
        }
    }

    /**
     * @param act minted by the screen for this one key press; the same act again changes nothing
     * @param override why the returns policy is not held to
     */
    record BringBack(
            @NotNull UUID act,
            @NotNull UUID sale,
            @NotNull UUID line,

            @NotNull @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3)
            BigDecimal quantity,

            @NotNull ReturnOf.Reason reason,
            @Valid @Nullable VehicleTyped vehicle,
            @Nullable Boolean inspected,
            @Size(max = 1000) @Nullable String override,
            @Valid Approvals.@Nullable Approval approval) {}

    @PostMapping("/pos/api/returnable")
    @Operation(summary = "The ticket with this folio, invoice code or codes, and what of it can still come back")
    ReturnableView returnable(@RequestBody @Valid Look look, Locale locale) {
        Returns.Returnable returnable = ActRefused.unlessDone(returns.look(look.scanned()));
        return new ReturnableView(
                SoldView.of(returnable.sold()),
                returnable.lines().stream()
                        .map(line -> new ReturnableView.Left(
                                line.sold().id(), Count.of(line.left()), policy(line.policy(), locale), line.late()))
                        .toList());
    }

    @PostMapping("/pos/api/tickets/{id}/returns")
    @Operation(summary = "Put a line that comes back on the ticket")
    TicketView bringBack(
            @PathVariable UUID id,
            @RequestBody @Valid BringBack back,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(
                ActRefused.unlessDone(returns.bringBack(
                        new Returns.Back(
                                id,
                                back.act(),
                                back.sale(),
                                back.line(),
                                Quantity.of(back.quantity()),
                                back.reason(),
                                VehicleTyped.of(back.vehicle()),
                                Boolean.TRUE.equals(back.inspected()),
                                back.override() == null ? "" : back.override()),
                        who,
                        approvals.approver(back.approval()))),
                locale);
    }

    // --- without a ticket

    /** @param days that were looked back on for the lowest price */
    record WorthView(
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            Amount price,
            int days,
            @Nullable PolicyView policy) {}

    @GetMapping("/pos/api/parts/{part}/worth")
    @Operation(summary = "What a piece without a ticket is taken back at")
    WorthView worth(@PathVariable UUID part, Locale locale) {
        Returns.Worth worth = ActRefused.unlessDone(returns.worth(new PartId(part)));
        Part its = worth.part();
        return new WorthView(
                part,
                its.lineCode().value(),
                its.number().value(),
                Messages.isEnglish(locale) && !its.nameEn().isBlank() ? its.nameEn() : its.nameEs(),
                Amount.of(worth.price().amount()),
                worth.days(),
                policy(policies.of(its.id()), locale));
    }

    /** @param why in the supervisor's words */
    record Unproven(
            @NotNull UUID act,
            @NotNull UUID part,

            @NotNull @DecimalMin("-1000000") @DecimalMax("1000000") @Digits(integer = 7, fraction = 3)
            BigDecimal quantity,

            @NotNull ReturnOf.Reason reason,
            @Valid @Nullable VehicleTyped vehicle,
            @Nullable Boolean inspected,
            @NotNull @Size(max = 1000) String why,
            @Valid Approvals.@Nullable Approval approval) {}

    @PostMapping("/pos/api/tickets/{id}/returns/unproven")
    @Operation(summary = "Put a part that comes back without a ticket on the ticket, for store credit")
    TicketView bringBackUnproven(
            @PathVariable UUID id,
            @RequestBody @Valid Unproven back,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return TicketView.of(
                ActRefused.unlessDone(returns.bringBackUnproven(
                        new Returns.Unproven(
                                id,
                                back.act(),
                                new PartId(back.part()),
                                Quantity.of(back.quantity()),
                                back.reason(),
                                VehicleTyped.of(back.vehicle()),
                                Boolean.TRUE.equals(back.inspected()),
                                back.why()),
                        who,
                        approvals.approver(back.approval()))),
                locale);
    }

    // --- what to know before selling

    /** The vehicle in hand as the search has it; nothing for any. */
    record Asked(
            @NotNull @Size(max = MOST_PARTS) List<@NotNull UUID> parts,
            @Size(max = 60) @Nullable String make,
            @Size(max = 60) @Nullable String model,
            @Min(0) @Max(9999) @Nullable Integer year,
            @Size(max = 60) @Nullable String engine) {
        ReturnPolicies.@Nullable Wanted wanted() {
            if (make == null && model == null && year == null && engine == null) return null;
            return new ReturnPolicies.Wanted(or(make), or(model), year == null ? 0 : year, or(engine));
        }

        private static String or(@Nullable String text) {
            return text == null ? "" : text.strip();
        }
    }

    /** @param misfits sentence; null where nobody brought one back */
    record NoteView(
            UUID part,
            @Nullable PolicyView policy,
            long times,
            @Nullable String misfits,
            List<MisfitView> vehicles) {}

    record MisfitView(String vehicle, long times) {}

    record Notes(List<NoteView> notes) {}

    @PostMapping("/pos/api/return-notes")
    @Operation(summary = "How these parts may come back, and how often one did not fit the vehicle in hand")
    Notes notes(@RequestBody @Valid Asked asked, Locale locale) {
        ReturnPolicies.Wanted wanted = asked.wanted();
        Map<PartId, ReturnPolicies.Note> notes = policies.notes(
                asked.parts().stream().map(PartId::new).distinct().toList(), wanted);
        return new Notes(notes.entrySet().stream()
                .map(one -> new NoteView(
                        one.getKey().value(),
                        policy(one.getValue().policy(), locale),
                        one.getValue().misfits(),
                        misfits(one.getValue().misfits(), wanted != null, locale),
                        one.getValue().vehicles().stream()
                                .map(misfit -> new MisfitView(shown(misfit.vehicle()), misfit.times()))
                                .toList()))
                .toList());
    }

    private @Nullable String misfits(long times, boolean vehicle, Locale locale) {
        if (times == 0) return null;
        String key = (vehicle ? "misfit.this" : "misfit.any") + (times == 1 ? ".one" : ".other");
        return messages.text(locale, key, List.of(Long.toString(times)));
    }

    private static String shown(ReturnTerms.Vehicle vehicle) {
        return (vehicle.make() + " " + vehicle.model() + (vehicle.year() == 0 ? "" : " " + vehicle.year()) + " "
                        + vehicle.engine())
                .strip();
    }
}
