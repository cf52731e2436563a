package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.DayPapers;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The slip of the bank, and the card terminal's batch. */
@RestController
@Tag(name = "cash")
class DayPapersApi {
    private final DayPapers papers;

    DayPapersApi(DayPapers papers) {
        this.papers = papers;
    }

    record DepositView(UUID id, String bank, String account, Amount total, Instant at, String by) {
        static DepositView of(DayPapers.Deposit deposit) {
            return new DepositView(
                    deposit.id(),
                    deposit.bank(),
                    deposit.account(),
                    Amount.of(deposit.total()),
                    deposit.at(),
                    deposit.byName());
        }
    }

    /** @param odd {@code NOT_ON_TICKET}, {@code NO_ANSWER}, {@code DIFFERS} or {@code BY_HAND} */
    record RowView(
            String odd,
            String folio,
            Amount onTicket,
            Amount terminal,
            String authorization,
            String lastFour,
            Instant at) {}

    /** @param denominations bills and coins of pesos, for a new slip */
    record Papers(
            LocalDate day,
            Amount charged,
            Amount onTickets,
            boolean agrees,
            List<RowView> rows,
            List<DepositView> deposits,
            List<CashView.Kind> denominations) {}

    @GetMapping("/pos/api/cash/days/{day}/papers")
    @Operation(summary = "The card terminal's batch against the day's tickets, and the day's deposit slips")
    Papers papers(@PathVariable LocalDate day) {
        DayPapers.Batch batch = ActRefused.unlessDone(papers.batch(day));
        return new Papers(
                day,
                Amount.of(batch.charged()),
                Amount.of(batch.onTickets()),
                batch.agrees(),
                batch.rows().stream()
                        .map(row -> new RowView(
                                row.odd().name(),
                                row.folio(),
                                Amount.of(row.onTicket()),
                                Amount.of(row.terminal()),
                                row.authorization(),
                                row.lastFour(),
                                row.at()))
                        .toList(),
                papers.deposits(day).stream().map(DepositView::of).toList(),
                Denomination.all().stream()
                        .filter(kind -> kind.value().currency().equals(Money.MXN))
                        .map(CashView.Kind::of)
                        .toList());
    }

    /** @param count pieces as typed; blank is none */
    record TypedRow(
            @NotNull Denomination.Form form,
            @NotNull Long value,
            @NotNull @TypedPieces String count) {}

    /** @param act minted by the screen for this one slip; the same act again prints nothing */
    record NewDeposit(
            @NotNull UUID act,
            @NotNull @Size(max = 200) @PlainText String bank,
            @Size(max = 200) @PlainText @Nullable String account,
            @NotNull @Size(max = 60) List<@Valid TypedRow> pieces) {}

    @PostMapping("/pos/api/cash/deposits")
    @Operation(summary = "Print a slip of the cash that goes to the bank")
    DepositView deposit(@RequestBody @Valid NewDeposit deposit, @AuthenticationPrincipal Person who) {
        return DepositView.of(ActRefused.unlessDone(papers.deposit(
                deposit.act(),
                deposit.bank(),
                deposit.account() == null ? "" : deposit.account(),
                pieces(deposit.pieces()),
                who)));
    }

    private static List<CashCount.Pieces> pieces(List<TypedRow> rows) {
        try {
            return new CashCount(
                            rows.stream()
                                    .map(row -> new CashCount.Pieces(
                                            new Denomination(row.form(), Money.mxn(row.value())),
                                            TypedPieces.Check.pieces(row.count())))
                                    .toList(),
                            List.of())
                    .pieces();
        } catch (IllegalArgumentException e) {
            throw ActRefused.of("cash-count-invalid");
        }
    }

    @PostMapping("/pos/api/cash/deposits/{id}/reprint")
    @Operation(summary = "Print a slip again, marked as a reprint")
    DepositView reprint(@PathVariable UUID id, @AuthenticationPrincipal Person who) {
        return DepositView.of(ActRefused.unlessDone(papers.printAgain(id, who)));
    }
}
