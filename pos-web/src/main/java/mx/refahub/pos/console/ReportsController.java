package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.Reports;
import mx.refahub.domain.erp.Reports.Figure;
import mx.refahub.domain.erp.Reports.Query;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reports as tables, each figure computed and as text. */
@RestController
final class ReportsController {
    private static final int DAYS = 30;

    private final Reports reports;
    private final ErpDoors doors;
    private final Messages messages;
    private final Clock clock;

    ReportsController(Reports reports, ErpDoors doors, Messages messages, Clock clock) {
        this.reports = reports;
        this.doors = doors;
        this.messages = messages;
        this.clock = clock;
    }

    /** @param chart which figure a picture shows */
    record Report(
            String report,
            LocalDate from,
            LocalDate to,
            List<String> keys,
            List<String> figures,
            int chart,
            List<Line> rows,
            List<Value> total,
            boolean cut) {}

    record Line(List<String> keys, List<Value> figures) {}

    /** @param exact for machines: amounts in centavos */
    record Value(long exact, String text) {}

    @GetMapping("/console/api/reports/{report}")
    Report report(
            @PathVariable String report,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable UUID store,
            Locale locale) {
        Query query = query(report, from, to, store);
        Reports.Table table = reports.table(query);
        return new Report(
                report,
                query.from(),
                query.to(),
                table.keys().stream()
                        .map(key -> word(locale, "report.key." + key))
                        .toList(),
                table.figures().stream()
                        .map(figure -> word(locale, "report.figure." + figure.name()))
                        .toList(),
                chart(query.kind()),
                table.rows().stream()
                        .map(row -> new Line(keys(table, row, locale), values(table, row.figures())))
                        .toList(),
                values(table, table.total()),
                table.cut());
    }

    private Query query(String report, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable UUID store) {
        Reports.Kind kind = Arrays.stream(Reports.Kind.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(report))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("report-unknown"));
        LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), doors.zone()) : to;
        LocalDate first = from == null ? last.minusDays(DAYS) : from;
        if (last.isBefore(first) || first.plusDays(Query.LONGEST_DAYS).isBefore(last))
            throw ActRefused.of("report-range-invalid", Integer.toString(Query.LONGEST_DAYS));
        return new Query(kind, first, last, store == null ? null : new StoreId(store));
    }

    private static int chart(Reports.Kind kind) {
        return switch (kind) {
            case SALES -> 5;
            case MARGIN, CASH, STOCK -> 2;
            case COMMISSIONS, DEPOSITS -> 3;
            case CREDIT, CORES, LAYAWAYS -> 5;
            case TAXES, TENDERS -> 1;
        };
    }

    private String word(Locale locale, String key) {
        return messages.text(locale, key, List.of());
    }

    private List<String> keys(Reports.Table table, Reports.Row row, Locale locale) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < row.keys().size(); i++) {
            String key = row.keys().get(i);
            String spoken = switch (table.keys().get(i)) {
                case "tender" -> "account.kind." + key;
                case "customer" -> key.equals("-") ? "report.customer.none" : "";
                case "rate" -> key.endsWith("%") ? "" : "account.kind." + key;
                default -> "";
            };
            keys.add(spoken.isEmpty() ? key : spoken(locale, spoken, key));
        }
        return keys;
    }

    /** With words where the books have names. */
    private Reports.Table spoken(Reports.Table table, Locale locale) {
        return new Reports.Table(
                table.query(),
                table.keys(),
                table.figures(),
                table.rows().stream()
                        .map(row -> new Reports.Row(keys(table, row, locale), row.figures()))
                        .toList(),
                table.total(),
                table.cut());
    }

    /** A kind that came after this program was made keeps its name. */
    private String spoken(Locale locale, String key, String name) {
        return messages.all(locale).getOrDefault(key, name);
    }

    private static List<Value> values(Reports.Table table, List<Long> figures) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++)
            values.add(new Value(figures.get(i), text(table.figures().get(i), figures.get(i))));
        return values;
    }

    private static String text(Figure figure, long value) {
        return switch (figure.type()) {
            case AMOUNT -> Money.mxn(value).text();
            case COUNT -> String.format(Locale.ROOT, "%,d", value);
            case QUANTITY -> new Quantity(value).text();
            case PERCENT -> String.format(Locale.ROOT, "%.2f %%", value / 100.0);
        };
    }

    @GetMapping("/console/api/reports/{report}/file")
    void file(
            @PathVariable String report,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable UUID store,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        Reports.Table table = reports.table(query(report, from, to, store));
        boolean csv = format.equals("csv");
        boolean pdf = format.equals("pdf");
        List<String> titles = new ArrayList<>();
        for (String key : table.keys()) titles.add(word(locale, "report.key." + key));
        for (Figure figure : table.figures()) titles.add(word(locale, "report.figure." + figure.name()));
        response.setContentType(
                csv
                        ? "text/csv; charset=utf-8"
                        : pdf
                                ? "application/pdf"
                                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + report + "-" + table.query().from() + "-"
                        + table.query().to() + (csv ? ".csv" : pdf ? ".pdf" : ".xlsx") + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (pdf) reports.print(print(report, table, titles, locale), response.getOutputStream());
        else
            reports.write(
                    spoken(table, locale),
                    titles,
                    csv ? Reports.Format.CSV : Reports.Format.XLSX,
                    response.getOutputStream());
    }

    private Reports.Print print(String report, Reports.Table table, List<String> titles, Locale locale) {
        List<List<String>> rows = table.rows().stream()
                .map(row -> cells(keys(table, row, locale), values(table, row.figures())))
                .toList();
        List<String> label = new ArrayList<>();
        for (int i = 0; i < table.keys().size(); i++) label.add(i == 0 ? word(locale, "reports.total") : "");
        String lead = messages.text(
                locale,
                "reports.print.lead",
                List.of(day(table.query().from(), locale), day(table.query().to(), locale)));
        return new Reports.Print(
                word(locale, "report." + report),
                table.cut() ? lead + " " + word(locale, "reports.cut") : lead,
                titles,
                table.keys().size(),
                rows,
                cells(label, values(table, table.total())));
    }

    private static String day(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(day);
    }

    private static List<String> cells(List<String> keys, List<Value> figures) {
        List<String> cells = new ArrayList<>(keys);
        figures.forEach(figure -> cells.add(figure.text()));
        return cells;
    }
}
