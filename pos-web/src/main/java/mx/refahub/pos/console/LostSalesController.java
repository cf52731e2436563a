package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.lostsale.LostSaleBoard;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers asked for at all branches and did not get. */
@RestController
final class LostSalesController {
    private static final int MOST = 500;
    private static final int DAYS = 90;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final LostSaleBoard board;
    private final Messages messages;
    private final Clock clock;

    LostSalesController(LostSaleBoard board, Messages messages, Clock clock) {
        this.board = board;
        this.messages = messages;
        this.clock = clock;
    }

    /** @param from and {@code to} the days that were looked at */
    record Lost(List<Group> groups, LocalDate from, LocalDate to) {}

    record Group(
            @Nullable UUID part,
            String partText,
            String asked,
            long times,
            String quantity,
            List<String> branches,
            Instant last) {}

    @GetMapping("/console/api/lost-sales")
    Lost groups(
            @RequestParam(required = false) @Nullable UUID store,
            @RequestParam(required = false) LostSale.@Nullable Reason reason,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        LostSaleBoard.Filter filter = filter(store, reason, from, to);
        return new Lost(
                board.groups(filter, MOST).stream()
                        .map(group -> new Group(
                                group.part() == null ? null : group.part().value(),
                                group.partText(),
                                group.asked(),
                                group.times(),
                                group.quantity().text(),
                                group.branches(),
                                group.last()))
                        .toList(),
                filter.from(),
                filter.to());
    }

    private LostSaleBoard.Filter filter(
            @Nullable UUID store, LostSale.@Nullable Reason reason, @Nullable LocalDate from, @Nullable LocalDate to) {
        // A branch may have begun its next day already.
        LocalDate last = to == null
                ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1)
                : to;
        return new LostSaleBoard.Filter(
                store == null ? null : new StoreId(store), reason, from == null ? last.minusDays(DAYS) : from, last);
    }

    /** Every note as a row; what a spreadsheet would take for a formula is kept from being one. */
    @GetMapping("/console/api/lost-sales/file")
    void file(
            @RequestParam(required = false) @Nullable UUID store,
            @RequestParam(required = false) LostSale.@Nullable Reason reason,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        LostSaleBoard.Filter filter = filter(store, reason, from, to);
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"lost-sales-" + filter.from() + "-" + filter.to() + ".csv\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write(BYTE_ORDER_MARK);
        out.write("at,store,asked,vehicle,part,quantity,reason,reason_text,note,by\r\n");
        board.each(filter, row -> {
            try {
                LostSale sale = row.sale();
                out.write(String.join(
                        ",",
                        sale.at().toString(),
                        cell(row.storeCode()),
                        cell(sale.asked()),
                        cell(sale.vehicle()),
                        cell(sale.partText()),
                        sale.quantity().text(),
                        sale.reason().name(),
                        cell(messages.text(locale, "lost.reason." + sale.reason(), List.of())),
                        cell(sale.note()),
                        cell(sale.byName())));
                out.write("\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        out.flush();
    }

    private static String cell(String text) {
        return RejectsCsv.cell(text);
    }
}
