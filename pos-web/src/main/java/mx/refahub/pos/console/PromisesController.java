package mx.refahub.pos.console;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.PromiseBoard;
import mx.refahub.pos.web.ActRefused;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Layaways, special orders and quotes of all branches. */
@RestController
final class PromisesController {
    private static final ZoneId HOME = ZoneId.of("America/Mexico_City");
    private static final int LONGEST = 200;

    private final PromiseBoard board;
    private final Clock clock;

    PromisesController(PromiseBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    record Row(
            UUID id,
            String kind,
            String number,
            String store,
            String customer,
            String parts,
            String total,
            String deposit,
            LocalDate dueOn,
            long late,
            String state,
            boolean closed) {
        static Row of(PromiseBoard.Row row) {
            return new Row(
                    row.id(),
                    row.kind().name(),
                    row.number(),
                    row.store(),
                    row.customer(),
                    row.parts(),
                    row.total().text(),
                    row.deposit().text(),
                    row.dueOn(),
                    row.late(),
                    row.state().name(),
                    row.state() == Promise.State.SOLD || row.state() == Promise.State.CANCELLED);
        }
    }

    /** @param ageing of what is held, the youngest first */
    record Standing(String held, List<String> ageing, List<Row> rows) {}

    record Line(String lineCode, String number, String description, String quantity, String total) {}

    record Entry(String kind, String amount, String reference, Instant at, String byName) {}

    record Sheet(Row row, String phone, String note, String byName, List<Line> lines, List<Entry> entries) {}

    @GetMapping("/console/api/promises")
    Standing list(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "OPEN") PromiseBoard.View view) {
        PromiseBoard.Standing standing = board.list(
                view, q.length() > LONGEST ? q.substring(0, LONGEST) : q, LocalDate.ofInstant(clock.instant(), HOME));
        return new Standing(
                standing.held().text(),
                standing.ageing().stream().map(Money::text).toList(),
                standing.rows().stream().map(Row::of).toList());
    }

    @GetMapping("/console/api/promises/{id}")
    Sheet one(@PathVariable UUID id) {
        PromiseBoard.Sheet sheet = board.sheet(id, LocalDate.ofInstant(clock.instant(), HOME))
                .orElseThrow(() -> ActRefused.of("promise-unknown"));
        return new Sheet(
                Row.of(sheet.row()),
                sheet.phone(),
                sheet.note(),
                sheet.byName(),
                sheet.lines().stream()
                        .map(line -> new Line(
                                line.lineCode(),
                                line.number(),
                                line.description(),
                                line.quantity(),
                                line.total().text()))
                        .toList(),
                sheet.entries().stream()
                        .map(entry -> new Entry(
                                entry.kind(), entry.amount().text(), entry.reference(), entry.at(), entry.byName()))
                        .toList());
    }
}
