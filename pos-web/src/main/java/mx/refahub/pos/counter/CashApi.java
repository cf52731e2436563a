package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.cash.CashChain;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashLimits;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.PinAccess;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The open drawer up to its Z, and what was closed. Who may not see others' Zs does not learn what should be in a drawer before it is counted. */
@RestController
@Tag(name = "cash")
class CashApi {
    /** Pesos or dollars; as {@link CashMovement#LARGEST}. */
    private static final long MOST_MOVED = 1_000_000;

    private static final long MOST_VOUCHERS = 100_000_000;
    private static final int LONGEST = CashMovement.LONGEST_TEXT;
    private static final String CURRENCIES = "MXN|USD";

    private final CashSessions sessions;
    private final PinAccess access;
    private final Messages messages;

    CashApi(CashSessions sessions, PinAccess access, Messages messages) {
        this.sessions = sessions;
        this.access = access;
        this.messages = messages;
    }

    /** @param act minted by the screen for this one act; the same act again changes nothing */
    record Act(@NotNull UUID act) {}

    /**
     * @param amount as typed
     * @param manager user of whoever allows it on the spot, with their PIN; needed above the limit
     */
    record Moving(
            @NotNull UUID act,
            @NotNull CashMovement.Reason reason,
            @NotNull @Pattern(regexp = CURRENCIES) String currency,
            @NotNull @TypedAmount(max = MOST_MOVED) String amount,
            @Size(max = LONGEST) @PlainText @Nullable String note,
            @Size(max = LONGEST) @PlainText @Nullable String reference,
            @Size(max = 100) @Nullable String manager,
            @Size(max = 64) @Nullable String pin) {
        /** Never shows the PIN. */
        @Override
        public String toString() {
            return "Moving[" + reason + " " + amount + "]";
        }
    }

    /** @param count pieces as typed; blank is none */
    record TypedRow(
            @NotNull @Pattern(regexp = CURRENCIES) String currency,
            @NotNull Denomination.Form form,
            @NotNull Long value,
            @NotNull @TypedPieces String count) {}

    /** @param amount sum of the vouchers as typed; blank is none */
    record TypedVouchers(
            @NotNull Tender.Kind tender,

            @NotNull @TypedAmount(max = MOST_VOUCHERS, zero = true)
            String amount) {}

    record Tallying(@NotNull @Valid @Size(max = 60) List<TypedRow> pieces) {}

    record Counting(
            @NotNull UUID act,
            @NotNull @Valid @Size(max = 60) List<TypedRow> pieces,
            @NotNull @Valid @Size(max = 10) List<TypedVouchers> vouchers) {}

    record TypedReason(
            @NotNull Tender.Kind tender,
            @NotNull @Pattern(regexp = CURRENCIES) String currency,
            @NotNull @Size(max = LONGEST) @PlainText String reason) {}

    record Closing(
            @NotNull UUID act,
            @NotNull @Valid @Size(max = 20) List<TypedReason> reasons) {}

    record Reopening(
            @NotNull UUID act,
            @NotBlank @Size(max = LONGEST) @PlainText String reason) {}

    @GetMapping("/pos/api/cash/sessions/{id}")
    @Operation(summary = "How a drawer stands, and what can be done with it")
    CashView.Drawer drawer(@PathVariable UUID id) {
        return CashView.Drawer.of(ActRefused.unlessDone(sessions.standing(id)));
    }

    @PostMapping("/pos/api/cash/sessions/{id}/cashier")
    @Operation(summary = "Take the drawer over from another cashier, as the one who has signed in by PIN")
    CashView.Drawer takeOver(@PathVariable UUID id, @RequestBody @Valid Act act, @AuthenticationPrincipal Person who) {
        ActRefused.unlessDone(sessions.takeOver(act.act(), id, who));
        return drawer(id);
    }

    @PostMapping("/pos/api/cash/sessions/{id}/movements")
    @Operation(summary = "Pay into or out of the drawer, or drop cash into the safe")
    CashView.Movement move(
            @PathVariable UUID id, @RequestBody @Valid Moving moving, @AuthenticationPrincipal Person who) {
        CashMovement movement = new CashMovement(
                moving.act(),
                moving.reason().kind(),
                TypedAmount.Reading.of(moving.amount(), Currency.getInstance(moving.currency())),
                moving.reason(),
                text(moving.note()),
                text(moving.reference()));
        Person approver = text(moving.manager()).isEmpty() ? null : approver(text(moving.manager()), moving.pin());
        return CashView.Movement.of(ActRefused.unlessDone(sessions.move(id, movement, who, approver)));
    }

    private Person approver(String manager, @Nullable String pin) {
        Person approver = ActRefused.unlessDone(access.signIn(manager, pin == null ? "" : pin));
        if (!CashLimits.mayApprove(approver.role())) throw ActRefused.of("cash-approver-wrong", approver.name());
        return approver;
    }

    @GetMapping("/pos/api/cash/sessions/{id}/x")
    @Operation(summary = "The figures of an open drawer so far")
    CashView.Report x(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return view(ActRefused.unlessDone(sessions.x(id)), mayKnow(who), locale);
    }

    @PostMapping("/pos/api/cash/sessions/{id}/x")
    @Operation(summary = "Print the figures so far")
    CashView.Report printX(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return view(ActRefused.unlessDone(sessions.printX(id, mayKnow(who), who)), mayKnow(who), locale);
    }

    @PostMapping("/pos/api/cash/tally")
    @Operation(summary = "What typed pieces come to; nothing is kept")
    CashView.Tally tally(@RequestBody @Valid Tallying tallying) {
        return CashView.Tally.of(count(tallying.pieces(), List.of()));
    }

    @PostMapping("/pos/api/cash/sessions/{id}/count")
    @Operation(summary = "Take a blind count down for good; the answer is what it comes to")
    CashView.Report count(
            @PathVariable UUID id,
            @RequestBody @Valid Counting counting,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        CashCount count = count(counting.pieces(), counting.vouchers());
        return result(id, ActRefused.unlessDone(sessions.count(counting.act(), id, count, who)), locale);
    }

    @GetMapping("/pos/api/cash/sessions/{id}/count")
    @Operation(summary = "What the count of a drawer that waits for its Z came to")
    CashView.Report counted(@PathVariable UUID id, Locale locale) {
        return result(id, ActRefused.unlessDone(sessions.counted(id)), locale);
    }

    @PostMapping("/pos/api/cash/sessions/{id}/z")
    @Operation(summary = "Close a counted drawer: its Z")
    CashView.Report close(
            @PathVariable UUID id,
            @RequestBody @Valid Closing closing,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        List<CashSessions.Why> reasons = closing.reasons().stream()
                .map(typed ->
                        new CashSessions.Why(typed.tender(), Currency.getInstance(typed.currency()), typed.reason()))
                .toList();
        return view(ActRefused.unlessDone(sessions.close(closing.act(), id, reasons, who)), true, locale);
    }

    @PostMapping("/pos/api/cash/sessions/{id}/reopening")
    @Operation(summary = "Open a closed drawer again; its next Z supersedes the one it has")
    CashView.Drawer reopen(
            @PathVariable UUID id, @RequestBody @Valid Reopening reopening, @AuthenticationPrincipal Person who) {
        ActRefused.unlessDone(sessions.reopen(reopening.act(), id, reopening.reason(), who));
        return drawer(id);
    }

    /**
     * @param sound whether every row is as it was written
     * @param rows of a sound journal
     * @param brokenAt first row that is not; 0 when sound
     */
    record Journal(boolean sound, long rows, long brokenAt, String text) {}

    @GetMapping("/pos/api/cash/sessions/{id}/journal")
    @Operation(summary = "Check a drawer's journal from its first row on")
    Journal journal(@PathVariable UUID id, Locale locale) {
        return switch (ActRefused.unlessDone(sessions.verify(id))) {
            case CashChain.Verdict.Sound(long rows, var head) ->
                new Journal(true, rows, 0, messages.text(locale, "cash.journal.sound", Long.toString(rows)));
            case CashChain.Verdict.Broken(long sequence, CashChain.What what) ->
                new Journal(
                        false,
                        0,
                        sequence,
                        messages.text(locale, "cash.journal.broken." + what, Long.toString(sequence)));
        };
    }

    record Zs(List<CashView.ZRow> zs) {}

    @GetMapping("/pos/api/cash/zs")
    @Operation(summary = "Zs, newest first: a cashier's own, or everybody's")
    Zs zs(@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit, @AuthenticationPrincipal Person who) {
        return new Zs(sessions.zs(mayKnow(who) ? null : who.id(), limit).stream()
                .map(CashView.ZRow::of)
                .toList());
    }

    @GetMapping("/pos/api/cash/zs/{id}")
    @Operation(summary = "A Z")
    CashView.Report z(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return view(visible(id, who), true, locale);
    }

    @PostMapping("/pos/api/cash/zs/{id}/reprint")
    @Operation(summary = "Print a Z again, marked as a reprint")
    CashView.Report reprint(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        visible(id, who);
        return view(ActRefused.unlessDone(sessions.reprint(id, who)), true, locale);
    }

    @GetMapping("/pos/api/cash/days")
    @Operation(summary = "Corte general: all drawers that were opened on a day, today unless it says otherwise")
    CashView.Day day(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day,
            Locale locale) {
        LocalDate today = ActRefused.unlessDone(sessions.today());
        return CashView.Day.of(ActRefused.unlessDone(sessions.day(day == null ? today : day)), today, messages, locale);
    }

    @PostMapping("/pos/api/cash/days/{day}/print")
    @Operation(summary = "Print the corte general of a day")
    CashView.Day printDay(
            @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        LocalDate today = ActRefused.unlessDone(sessions.today());
        return CashView.Day.of(ActRefused.unlessDone(sessions.printDay(day, who)), today, messages, locale);
    }

    /** Somebody else's Z is as if it were not there. */
    private CashReport visible(UUID id, Person who) {
        CashReport z = ActRefused.unlessDone(sessions.z(id));
        CashReport.Seal seal = z.seal();
        boolean own = z.head().cashier().equals(who.id())
                || seal != null && seal.closedBy().equals(who.id());
        if (!own && !mayKnow(who)) throw ActRefused.of("cash-z-unknown");
        return z;
    }

    private CashView.Report result(UUID id, CashReport counted, Locale locale) {
        CashLimits limits = ActRefused.unlessDone(sessions.standing(id)).limits();
        return CashView.Report.of(counted, true, limits, messages, locale);
    }

    private CashView.Report view(CashReport report, boolean mayKnow, Locale locale) {
        return CashView.Report.of(report, mayKnow, null, messages, locale);
    }

    private static boolean mayKnow(Person who) {
        return Permission.of(who.role()).contains(Permission.CASH_SEE);
    }

    private static CashCount count(List<TypedRow> rows, List<TypedVouchers> vouchers) {
        try {
            return new CashCount(
                    rows.stream()
                            .map(row -> new CashCount.Pieces(
                                    new Denomination(
                                            row.form(), new Money(row.value(), Currency.getInstance(row.currency()))),
                                    TypedPieces.Check.pieces(row.count())))
                            .toList(),
                    vouchers.stream()
                            .map(row -> new CashCount.Vouchers(
                                    row.tender(), TypedAmount.Reading.of(row.amount(), Money.MXN)))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw ActRefused.of("cash-count-invalid");
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
