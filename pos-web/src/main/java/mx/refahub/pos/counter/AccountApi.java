package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.Accounts;
import mx.refahub.domain.customer.CreditLine;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a customer owes, and what is paid on it. */
@RestController
@Tag(name = "accounts")
class AccountApi {
    private static final long LARGEST = 1_000_000_000_000L;

    private final Accounts accounts;
    private final CashSessions cash;

    AccountApi(Accounts accounts, CashSessions cash) {
        this.accounts = accounts;
        this.cash = cash;
    }

    record Line(Amount limit, int days, boolean held) {}

    record Open(
            UUID id,
            String folio,
            String store,
            LocalDate day,
            LocalDate dueOn,
            boolean overdue,
            Amount amount,
            Amount left) {}

    /** @param bounces whether it is a payment by cheque that may still come back */
    record Entry(
            UUID id,
            String kind,
            Amount amount,
            Instant at,
            String reference,
            @Nullable String tender,
            boolean bounced,
            boolean bounces) {}

    record Ageing(
            Amount notDue,
            Amount upTo30,
            Amount upTo60,
            Amount upTo90,
            Amount above90,
            @Nullable Amount inFavour) {}

    /**
     * @param elsewhere what of the balance other branches wrote; null for nothing
     * @param asOf when the hub told of them
     */
    record View(
            UUID customer,
            String name,
            @Nullable Line line,
            Amount left,
            Amount balance,
            @Nullable Amount elsewhere,
            @Nullable Instant asOf,
            Ageing ageing,
            List<Open> open,
            List<Entry> entries) {}

    /** @param tickets to be paid first, in this order */
    record Paying(
            @NotNull UUID act,
            @NotNull UUID register,
            @NotNull Tender.Kind kind,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long amount,
            @Size(max = 200) @Nullable String reference,
            @NotNull @Size(max = 500) List<@NotNull UUID> tickets) {}

    record Applied(String folio, Amount amount) {}

    record Receipt(String number, Amount amount, List<Applied> applied, Amount before, Amount after, View account) {}

    record AtRegister(@NotNull UUID register) {}

    record Bounce(
            @NotNull UUID act,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long fee,
            @Size(max = 200) @PlainText @Nullable String note) {}

    @GetMapping("/pos/api/customers/{id}/account")
    @Operation(summary = "What the customer owes, as far as it is known here")
    View account(@PathVariable UUID id) {
        return view(ActRefused.unlessDone(accounts.account(id)));
    }

    @PostMapping("/pos/api/customers/{id}/payments")
    @Operation(summary = "Take a payment on account; the same act again is the same payment")
    Receipt take(@PathVariable UUID id, @RequestBody @Valid Paying paying, @AuthenticationPrincipal Person who) {
        Accounts.Taken taken = ActRefused.unlessDone(accounts.take(
                paying.act(),
                id,
                new RegisterId(paying.register()),
                new Accounts.Payment(
                        paying.kind(),
                        Money.mxn(paying.amount()),
                        paying.reference() == null ? "" : paying.reference(),
                        paying.tickets()),
                who));
        return new Receipt(
                taken.number(),
                Amount.of(taken.payment().amount()),
                taken.applied().stream()
                        .map(one -> new Applied(one.folio(), Amount.of(one.amount())))
                        .toList(),
                Amount.of(taken.before()),
                Amount.of(taken.after()),
                account(id));
    }

    @PostMapping("/pos/api/customers/{id}/statement")
    @Operation(summary = "Print the statement with its ageing")
    View statement(@PathVariable UUID id, @RequestBody @Valid AtRegister at, @AuthenticationPrincipal Person who) {
        return view(ActRefused.unlessDone(accounts.printStatement(id, new RegisterId(at.register()), who)));
    }

    @PostMapping("/pos/api/account-payments/{id}/bounce")
    @Operation(summary = "A cheque came back: what it paid is owed again")
    View bounce(@PathVariable UUID id, @RequestBody @Valid Bounce bounce, @AuthenticationPrincipal Person who) {
        return view(ActRefused.unlessDone(accounts.bounce(
                bounce.act(), id, Money.mxn(bounce.fee()), bounce.note() == null ? "" : bounce.note(), who)));
    }

    private View view(Account account) {
        LocalDate today = ActRefused.unlessDone(cash.today());
        Account.Ageing ageing = account.ageing(today);
        CreditLine line = account.line();
        return new View(
                account.customer().id(),
                account.customer().name(),
                line == null ? null : new Line(Amount.of(line.limit()), line.days(), line.held()),
                Amount.of(account.left()),
                Amount.of(account.balance()),
                account.elsewhere().isZero() ? null : Amount.of(account.elsewhere()),
                account.asOf(),
                new Ageing(
                        Amount.of(ageing.notDue()),
                        Amount.of(ageing.upTo30()),
                        Amount.of(ageing.upTo60()),
                        Amount.of(ageing.upTo90()),
                        Amount.of(ageing.above90()),
                        ageing.inFavour().isZero() ? null : Amount.of(ageing.inFavour())),
                account.open().stream()
                        .map(open -> new Open(
                                open.id(),
                                open.folio(),
                                open.store(),
                                open.day(),
                                open.dueOn(),
                                open.dueOn().isBefore(today),
                                Amount.of(open.amount()),
                                Amount.of(open.left())))
                        .toList(),
                account.entries().stream()
                        .map(entry -> new Entry(
                                entry.id(),
                                entry.kind().name(),
                                Amount.of(entry.amount()),
                                entry.at(),
                                entry.reference(),
                                entry.tender() == null ? null : entry.tender().name(),
                                entry.bouncedAt() != null,
                                entry.tender() == Tender.Kind.CHEQUE && entry.bouncedAt() == null))
                        .toList());
    }
}
