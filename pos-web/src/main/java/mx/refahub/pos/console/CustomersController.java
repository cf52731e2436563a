package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.CreditLine;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerBoard;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Customers of the company: who they are, what they may owe, what they owe. */
@RestController
final class CustomersController {
    private static final int SHOWN = 200;
    private static final int MOST_TYPED = 200;
    private static final long LARGEST = 1_000_000_000_000L;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CustomerBoard board;
    private final Messages messages;

    CustomersController(CustomerBoard board, Messages messages) {
        this.board = board;
        this.messages = messages;
    }

    record LineView(Amount limit, int days, boolean held, Amount branchLimit, Instant setAt) {
        static @Nullable LineView of(@Nullable CreditLine line) {
            return line == null
                    ? null
                    : new LineView(
                            Amount.of(line.limit()),
                            line.days(),
                            line.held(),
                            Amount.of(line.branchLimit()),
                            line.setAt());
        }
    }

    record RowView(
            UUID id,
            String name,
            String phone,
            String rfc,
            boolean rfcFits,
            Amount balance,
            Amount overdue,
            @Nullable LineView line) {
        static RowView of(CustomerBoard.Row row) {
            Customer customer = row.customer();
            return new RowView(
                    customer.id(),
                    customer.name(),
                    customer.text(CustomerField.PHONE),
                    customer.text(CustomerField.RFC),
                    customer.rfcFits(),
                    Amount.of(row.balance()),
                    Amount.of(row.overdue()),
                    LineView.of(row.line()));
        }
    }

    /** @param more whether there are others that were not listed */
    record ListView(List<RowView> customers, boolean more) {}

    record AgeingView(
            Amount notDue,
            Amount upTo30,
            Amount upTo60,
            Amount upTo90,
            Amount above90,
            @Nullable Amount inFavour) {}

    record OpenView(
            UUID id,
            String folio,
            String store,
            LocalDate day,
            LocalDate dueOn,
            boolean overdue,
            Amount amount,
            Amount left) {}

    record EntryView(
            UUID id,
            String kind,
            String kindText,
            String store,
            Amount amount,
            Instant at,
            String reference,
            String tender,
            boolean bounced,
            String byName) {}

    record MendedView(String field, String fieldText, String before, String after) {}

    record ChangeView(UUID id, String store, Instant at, Instant receivedAt, String byName, List<MendedView> fields) {}

    record LineSetView(@Nullable LineView line, String reason, String byName) {}

    record SheetView(
            RowView row,
            Map<String, String> fields,
            AgeingView ageing,
            LocalDate today,
            List<OpenView> open,
            List<EntryView> entries,
            List<ChangeView> changes,
            List<LineSetView> lines) {}

    /** Amounts in centavos. */
    record NewLine(
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long limit,
            @NotNull @Min(-100_000) @Max(100_000) Integer days,
            @NotNull Boolean held,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long branchLimit,
            @NotNull @Size(max = 1000) String reason) {}

    @GetMapping("/console/api/customers")
    ListView list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "ALL") CustomerBoard.Standing standing) {
        String typed = q.length() > MOST_TYPED ? q.substring(0, MOST_TYPED) : q;
        List<CustomerBoard.Row> rows = board.list(new CustomerBoard.Filter(typed, standing), SHOWN + 1);
        return new ListView(rows.stream().limit(SHOWN).map(RowView::of).toList(), rows.size() > SHOWN);
    }

    @GetMapping("/console/api/customers/{id}")
    SheetView one(@PathVariable UUID id, Locale locale) {
        return view(board.one(id).orElseThrow(() -> ActRefused.of("customer-unknown")), locale);
    }

    @PostMapping("/console/api/customers/{id}/line")
    SheetView setLine(
            @PathVariable UUID id,
            @RequestBody @Valid NewLine line,
            @AuthenticationPrincipal Person by,
            Locale locale) {
        return view(
                ActRefused.unlessDone(board.setLine(
                        id,
                        new CustomerBoard.NewLine(
                                line.limit(), line.days(), line.held(), line.branchLimit(), line.reason()),
                        by)),
                locale);
    }

    /** Every entry as a row with the balance after it; what a spreadsheet would take for a formula is kept from being one. */
    @GetMapping("/console/api/customers/{id}/statement")
    void statement(@PathVariable UUID id, Locale locale, HttpServletResponse response) throws IOException {
        if (board.one(id).isEmpty()) throw ActRefused.of("customer-unknown");
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"statement-" + id + ".csv\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write(BYTE_ORDER_MARK);
        out.write("day,at,store,kind,kind_text,reference,tender,due_on,amount,balance,by\r\n");
        long[] balance = {0};
        ActRefused.unlessDone(board.statement(id, entry -> {
            try {
                balance[0] += entry.amount().minor();
                out.write(String.join(
                        ",",
                        entry.day().toString(),
                        entry.at().toString(),
                        RejectsCsv.cell(entry.store()),
                        entry.kind().name(),
                        RejectsCsv.cell(kind(entry.kind(), locale)),
                        RejectsCsv.cell(entry.reference()),
                        entry.tender(),
                        entry.dueOn() == null ? "" : entry.dueOn().toString(),
                        entry.amount().amount().toPlainString(),
                        java.math.BigDecimal.valueOf(balance[0], 2).toPlainString(),
                        RejectsCsv.cell(entry.byName())));
                out.write("\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        out.flush();
    }

    private String kind(Account.Kind kind, Locale locale) {
        return messages.text(locale, "customers.kind." + kind, List.of());
    }

    private SheetView view(CustomerBoard.Sheet sheet, Locale locale) {
        Account.Ageing ageing = sheet.ageing();
        Map<String, String> fields = new TreeMap<>();
        for (CustomerField field : CustomerField.values())
            fields.put(field.name(), sheet.row().customer().text(field));
        return new SheetView(
                RowView.of(sheet.row()),
                fields,
                new AgeingView(
                        Amount.of(ageing.notDue()),
                        Amount.of(ageing.upTo30()),
                        Amount.of(ageing.upTo60()),
                        Amount.of(ageing.upTo90()),
                        Amount.of(ageing.above90()),
                        ageing.inFavour().isZero() ? null : Amount.of(ageing.inFavour())),
                sheet.today(),
                sheet.open().stream()
                        .map(open -> new OpenView(
                                open.id(),
                                open.folio(),
                                open.store(),
                                open.day(),
                                open.dueOn(),
                                open.dueOn().isBefore(sheet.today()),
                                Amount.of(open.amount()),
                                Amount.of(open.left())))
                        .toList(),
                sheet.entries().stream()
                        .map(entry -> new EntryView(
                                entry.id(),
                                entry.kind().name(),
                                kind(entry.kind(), locale),
                                entry.store(),
                                Amount.of(entry.amount()),
                                entry.at(),
                                entry.reference(),
                                entry.tender(),
                                entry.bounced(),
                                entry.byName()))
                        .toList(),
                sheet.changes().stream()
                        .map(change -> new ChangeView(
                                change.id(),
                                change.store(),
                                change.at(),
                                change.receivedAt(),
                                change.byName(),
                                change.fields().entrySet().stream()
                                        .map(one -> new MendedView(
                                                one.getKey().name(),
                                                messages.text(locale, "customers.field." + one.getKey(), List.of()),
                                                one.getValue().before(),
                                                one.getValue().after()))
                                        .toList()))
                        .toList(),
                sheet.lines().stream()
                        .map(set -> new LineSetView(LineView.of(set.line()), set.reason(), set.byName()))
                        .toList());
    }
}
