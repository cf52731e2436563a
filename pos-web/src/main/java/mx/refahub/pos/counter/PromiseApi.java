package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Quotes, layaways and special orders. */
@RestController
@Tag(name = "promises")
class PromiseApi {
    private static final long LARGEST = 1_000_000_000_000L;
    /** Of a Mexican number as customers have it, ten digits. */
    private static final String MEXICO = "52";

    private final Promises promises;
    private final CashSessions cash;
    private final Approvals approvals;

    PromiseApi(Promises promises, CashSessions cash, Approvals approvals) {
        this.promises = promises;
        this.cash = cash;
        this.approvals = approvals;
    }

    /** @param expired its day is over */
    record Row(
            UUID id,
            String kind,
            String number,
            String state,
            String customer,
            Amount total,
            Amount deposit,
            Amount left,
            LocalDate dueOn,
            boolean expired) {
        static Row of(Promise promise, LocalDate today) {
            Promise.Client customer = promise.customer();
            return new Row(
                    promise.id(),
                    promise.kind().name(),
                    promise.number(),
                    promise.state().name(),
                    customer == null ? "" : customer.name(),
                    Amount.of(promise.totals().total()),
                    Amount.of(promise.deposit()),
                    Amount.of(promise.left()),
                    promise.dueOn(),
                    promise.isExpired(today));
        }
    }

    /** @param dollar pesos of one; null where none is taken */
    record Rules(
            int quoteDays,
            int layawayDays,
            int firstPercent,
            int orderPercent,
            int mostPayments,
            LocalDate today,
            @Nullable String dollar) {}

    /** @param toTell special orders that have arrived and whose customers do not know it */
    record Found(List<Row> promises, List<Row> toTell, Rules rules) {}

    record Line(
            String kind, String lineCode, String partNumber, String name, Count quantity, Amount price, Amount total) {
        static Line of(SaleLine line) {
            return new Line(
                    line.kind().name(),
                    line.lineCode().value(),
                    line.number().value(),
                    line.description(),
                    Count.of(line.quantity()),
                    Amount.of(line.price().amount()),
                    Amount.of(line.amounts().total()));
        }
    }

    record Installment(LocalDate on, Amount amount, boolean past) {}

    record Entry(
            UUID id,
            String kind,
            Amount amount,
            @Nullable String tender,
            String reference,
            Instant at,
            String byName) {}

    /**
     * What goes back of the deposit if it is cancelled now, and what the company keeps.
     *
     * @param credit what of {@code returned} goes back as a slip in any case; null for nothing
     */
    record Back(
            Amount returned,
            @Nullable Amount credit,
            @Nullable Amount kept) {
        static Back of(Promise.Back back) {
            return new Back(
                    Amount.of(back.money().plus(back.credit())),
                    back.credit().isZero() ? null : Amount.of(back.credit()),
                    back.kept().isZero() ? null : Amount.of(back.kept()));
        }
    }

    /**
     * @param overdue what by the plan should have been paid; null for nothing
     * @param canPay whether a payment is taken for it, {@code canSell} whether it can go on a ticket now
     * @param message for the customer
     * @param whatsapp address that the clerk's own browser opens; without a phone the clerk chooses whom there
     * @param dollar pesos of one; null where none is taken
     */
    record View(
            Row row,
            String phone,
            LocalDate day,
            String byName,
            String note,
            List<Line> lines,
            List<Installment> plan,
            List<Entry> entries,
            @Nullable Amount overdue,
            boolean closed,
            boolean canPay,
            boolean canSell,
            boolean canArrive,
            boolean canTell,
            Back back,
            String message,
            String whatsapp,
            @Nullable String dollar) {}

    record Search(@NotNull @Size(max = 200) String text) {}

    /**
     * @param amount centavos, or cents where it is dollars
     * @param reference also code or QR of a slip
     */
    record Deposit(
            @NotNull UUID act,
            @NotNull Tender.Kind kind,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long amount,
            @Size(max = 400) @Nullable String reference) {
        Promises.Deposit deposit() {
            return new Promises.Deposit(
                    act,
                    kind,
                    new Money(amount, kind == Tender.Kind.CASH_USD ? ExchangeRate.USD : Money.MXN),
                    reference == null ? "" : reference);
        }
    }

    /**
     * @param act the promise's id
     * @param dueOn by the rules where it is left out
     * @param payments after the first one; only of a layaway
     */
    record Making(
            @NotNull UUID act,
            @NotNull Promise.Kind kind,
            @Nullable LocalDate dueOn,
            @Min(-1000) @Max(1000) @Nullable Integer payments,
            @Size(max = 1000) @PlainText @Nullable String note,
            @Valid @Nullable Deposit deposit) {}

    record Paying(@NotNull UUID register, @NotNull @Valid Deposit deposit) {}

    record AtRegister(@NotNull UUID register) {}

    /**
     * @param quoted what was promised
     * @param difference what it costs more or less today; null where the agreed price holds
     * @param left lines that could not be priced today
     */
    record Loaded(
            TicketView ticket, Amount quoted, @Nullable Amount difference, List<String> left) {}

    record Noting(@NotNull UUID act, @NotNull Promises.Note note) {}

    record Cancelling(
            @NotNull UUID act,
            @NotNull UUID register,
            @NotNull Tender.Kind kind,
            @Size(max = 200) @Nullable String reference,
            @NotNull @Size(max = 1000) @PlainText String reason,
            @Valid Approvals.@Nullable Approval approval) {}

    @PostMapping("/pos/api/promises/search")
    @Operation(summary = "Find promises by number, customer or phone; without text what is open")
    Found search(@RequestBody @Valid Search search) {
        LocalDate today = ActRefused.unlessDone(cash.today());
        Promises.Rules rules = promises.rules();
        return new Found(
                promises.find(search.text()).stream()
                        .map(one -> Row.of(one, today))
                        .toList(),
                promises.toTell().stream().map(one -> Row.of(one, today)).toList(),
                new Rules(
                        rules.quoteDays(),
                        rules.layawayDays(),
                        rules.firstPercent(),
                        rules.orderPercent(),
                        Promises.MOST_PAYMENTS,
                        today,
                        dollar()));
    }

    @PostMapping("/pos/api/tickets/{id}/promises")
    @Operation(summary = "Promise what stands on the ticket; the same act again answers the same")
    View make(@PathVariable UUID id, @RequestBody @Valid Making making, @AuthenticationPrincipal Person who) {
        Deposit deposit = making.deposit();
        Integer payments = making.payments();
        return view(ActRefused.unlessDone(promises.make(
                making.act(),
                id,
                new Promises.Making(
                        making.kind(),
                        making.dueOn(),
                        payments == null ? 0 : payments,
                        making.note() == null ? "" : making.note(),
                        deposit == null ? null : deposit.deposit()),
                who)));
    }

    @GetMapping("/pos/api/promises/{id}")
    @Operation(summary = "A promise with what was paid for it")
    View promise(@PathVariable UUID id) {
        return view(ActRefused.unlessDone(promises.promise(id)));
    }

    @PostMapping("/pos/api/promises/{id}/payments")
    @Operation(summary = "Take a deposit into the drawer; the same act again is the same deposit")
    View pay(@PathVariable UUID id, @RequestBody @Valid Paying paying, @AuthenticationPrincipal Person who) {
        return view(ActRefused.unlessDone(promises.pay(
                id, new RegisterId(paying.register()), paying.deposit().deposit(), who)));
    }

    @PostMapping("/pos/api/promises/{id}/ticket")
    @Operation(summary = "Put it on the register's ticket in hand")
    Loaded load(
            @PathVariable UUID id,
            @RequestBody @Valid AtRegister at,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        Promises.Loaded loaded = ActRefused.unlessDone(promises.load(id, new RegisterId(at.register()), who));
        Money difference = loaded.ticket().totals().total().minus(loaded.quoted());
        return new Loaded(
                TicketView.of(loaded.ticket(), locale),
                Amount.of(loaded.quoted()),
                difference.isZero() ? null : Amount.of(difference),
                loaded.left());
    }

    @PostMapping("/pos/api/promises/{id}/notes")
    @Operation(summary = "A special order has arrived, or its customer was told")
    View note(@PathVariable UUID id, @RequestBody @Valid Noting noting, @AuthenticationPrincipal Person who) {
        return view(ActRefused.unlessDone(promises.note(noting.act(), id, noting.note(), who)));
    }

    @PostMapping("/pos/api/promises/{id}/cancellation")
    @Operation(summary = "End it without a sale and give the deposit back")
    View cancel(@PathVariable UUID id, @RequestBody @Valid Cancelling asked, @AuthenticationPrincipal Person who) {
        return view(ActRefused.unlessDone(promises.cancel(
                asked.act(),
                id,
                new Promises.Cancelling(
                        new RegisterId(asked.register()),
                        asked.kind(),
                        asked.reference() == null ? "" : asked.reference(),
                        asked.reason(),
                        approvals.approver(asked.approval())),
                who)));
    }

    @PostMapping("/pos/api/promises/{id}/print")
    @Operation(summary = "Print it with its payments")
    View print(@PathVariable UUID id, @RequestBody @Valid AtRegister at, @AuthenticationPrincipal Person who) {
        return view(ActRefused.unlessDone(promises.print(id, new RegisterId(at.register()), who)));
    }

    @GetMapping("/pos/api/promises/{id}/file.pdf")
    @Operation(summary = "The promise as a page")
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        Promise promise = ActRefused.unlessDone(promises.promise(id));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(promise.number() + ".pdf")
                                .build()
                                .toString())
                .body(ActRefused.unlessDone(promises.pdf(id)));
    }

    record Reserved(@Nullable Count pieces) {}

    @GetMapping("/pos/api/parts/{id}/reserved")
    @Operation(summary = "Pieces of a part that stand apart for customers")
    Reserved reserved(@PathVariable UUID id) {
        long reserved = promises.reserved(new PartId(id).value());
        return new Reserved(reserved == 0 ? null : Count.of(new Quantity(reserved)));
    }

    private View view(Promise promise) {
        LocalDate today = ActRefused.unlessDone(cash.today());
        Promise.Client customer = promise.customer();
        String phone = customer == null ? "" : customer.phone();
        String message = ActRefused.unlessDone(promises.message(promise.id()));
        boolean open = !promise.isClosed();
        boolean order = promise.kind() == Promise.Kind.ORDER;
        boolean arrived = promise.marks().arrivedAt() != null;
        return new View(
                Row.of(promise, today),
                phone,
                promise.day(),
                promise.byName(),
                promise.note(),
                promise.lines().stream().map(Line::of).toList(),
                promise.plan().stream()
                        .map(one -> new Installment(
                                one.on(), Amount.of(one.amount()), one.on().isBefore(today)))
                        .toList(),
                promise.entries().stream()
                        .map(entry -> new Entry(
                                entry.id(),
                                entry.kind().name(),
                                Amount.of(entry.amount()),
                                entry.tender() == null ? null : entry.tender().name(),
                                entry.reference(),
                                entry.at(),
                                entry.byName()))
                        .toList(),
                promise.overdue(today).isZero() ? null : Amount.of(promise.overdue(today)),
                !open,
                open && promise.kind().holdsDeposit() && !promise.left().isZero(),
                open && (!order || arrived),
                open && order && !arrived,
                open && order && arrived && promise.marks().toldAt() == null,
                Back.of(promise.back(promises.rules().penaltyPercent(), false)),
                message,
                whatsapp(phone, message),
                dollar());
    }

    private @Nullable String dollar() {
        ExchangeRate rate = promises.dollar();
        return rate == null ? null : rate.text();
    }

    private static String whatsapp(String phone, String message) {
        String digits = phone.replaceAll("\\D", "");
        // Without a phone the clerk chooses whom in WhatsApp itself.
        String whom = digits.length() < 10 ? "" : digits.length() == 10 ? MEXICO + digits : digits;
        return "https://wa.me/" + whom + "?text="
                + URLEncoder.encode(message, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
