package mx.refahub.store.cash;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.cash.CashChain;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashMovement;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole day at the till against a Z that was computed by hand: {@code day.csv}. */
class CashDayByHandTest {
    private final Map<String, PartId> parts = new HashMap<>();

    @Test
    void the_z_of_a_day_is_what_a_pencil_says(@TempDir Path folder) throws IOException {
        day(folder, "day.csv", "Se dio mal un cambio");
    }

    /** Dollars, cards and rounded cash: {@code tenders-day.csv}. */
    @Test
    void the_z_of_a_day_with_dollars_and_rounded_cash_is_what_a_pencil_says(@TempDir Path folder) throws IOException {
        day(folder, "tenders-day.csv", "");
    }

    private void day(Path folder, String file, String reason) throws IOException {
        List<String[]> rows = rows(file);
        try (TestStore store = TestStore.open(folder)) {
            parts.put("plug", store.part("BKR6E-11", 8_900));
            parts.put("alternator", store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000));
            parts.put("manual", store.part("MAN-1", 12_345, true, "ZERO", "02", 0));
            UUID session = store.ids.next();
            CashReport z = null;
            for (String[] row : rows) if (row[0].equals("do")) z = act(store, session, row, z);
            CashReport closed = Objects.requireNonNull(z);

            assertThat(told(closed)).isEqualTo(expected(rows));
            assertThat(closed.tenders().getFirst().reason()).isEqualTo(reason);
            assertThat(done(store.cash.verify(session)))
                    .isEqualTo(new CashChain.Verdict.Sound(
                            closed.seal().journalSequence(), closed.seal().journalHash()));
            Document document = store.outbox.after(0, 100, 1 << 24).getLast();
            assertThat(document.envelope().type()).isEqualTo("cash-session-closed");
            assertThat(document.envelope().key()).isEqualTo(session.toString());
            assertThat(store.json
                            .readValue(document.body(), CashSessionClosedBody.class)
                            .toReport())
                    .isEqualTo(closed);
        }
    }

    private CashReport act(TestStore store, UUID session, String[] row, CashReport z) {
        switch (row[1]) {
            case "open" -> done(store.desk.open(session, C1, Money.mxn(Long.parseLong(row[2])), MARTA));
            case "tenders" -> store.tenders(row[2], row[3], Long.parseLong(row[4]));
            case "sale" -> sale(store, row[2], row[3]);
            case "move" ->
                done(store.cash.move(
                        session,
                        new CashMovement(
                                store.ids.next(),
                                CashMovement.Kind.valueOf(row[2]),
                                new Money(Long.parseLong(row[4]), Currency.getInstance(row[3])),
                                CashMovement.Reason.valueOf(row[5]),
                                row[6],
                                row[7]),
                        MARTA,
                        LUCIA));
            case "count" -> done(store.cash.count(store.ids.next(), session, count(row[2], row[3]), MARTA));
            case "close" -> {
                return done(store.cash.close(
                        store.ids.next(),
                        session,
                        List.of(new CashSessions.Why(
                                Tender.Kind.valueOf(row[2]), Currency.getInstance(row[3]), row[4])),
                        MARTA));
            }
            default -> throw new IllegalArgumentException(row[1]);
        }
        return z;
    }

    private void sale(TestStore store, String lines, String tenders) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        String[] halves = lines.split("!");
        for (String part : halves[0].split("\\+"))
            ticket = done(store.till.add(ticket.id(), store.ids.next(), parts.get(part), Quantity.ONE, MARTA));
        if (halves.length > 1) {
            PartId struck = parts.get(halves[1]);
            UUID line = ticket.lines().stream()
                    .filter(l -> l.part().id().equals(struck))
                    .findFirst()
                    .orElseThrow()
                    .id();
            ticket = done(store.till.remove(ticket.id(), line, MARTA));
        }
        List<Payment.Offer> offers = Arrays.stream(tenders.split("\\+"))
                .map(tender -> tender.split(":"))
                .map(cells -> new Payment.Offer(
                        Tender.Kind.valueOf(cells[0]),
                        new Money(Long.parseLong(cells[1]), cells[0].equals("CASH_USD") ? Denomination.USD : Money.MXN),
                        ""))
                .toList();
        done(store.till.pay(ticket.id(), ticket.totals().total(), new Payment(offers), MARTA));
    }

    private static CashCount count(String pieces, String vouchers) {
        return new CashCount(
                Arrays.stream(pieces.split(";"))
                        .map(text -> text.split("[ x]"))
                        .map(cells -> new CashCount.Pieces(
                                new Denomination(
                                        Denomination.Form.valueOf(cells[1]),
                                        new Money(Long.parseLong(cells[2]), Currency.getInstance(cells[0]))),
                                Integer.parseInt(cells[3])))
                        .toList(),
                Arrays.stream(vouchers.split("\\+"))
                        .map(text -> text.split(":"))
                        .map(cells -> new CashCount.Vouchers(
                                Tender.Kind.valueOf(cells[0]), Money.mxn(Long.parseLong(cells[1]))))
                        .toList());
    }

    /** The Z in the words of the file. */
    private static List<String> told(CashReport z) {
        List<String> lines = new ArrayList<>();
        for (CashReport.TenderLine t : z.tenders())
            lines.add("tender," + t.tender() + "," + t.currency() + ","
                    + t.opening().minor() + ","
                    + t.received().minor() + "," + t.change().minor() + ","
                    + t.paidIn().minor() + ","
                    + t.paidOut().minor() + "," + t.drops().minor() + ","
                    + t.expected().minor() + ","
                    + t.counted().minor() + "," + t.difference().minor());
        CashReport.Sales s = z.sales();
        lines.add("sales," + s.count() + "," + s.firstFolio() + "," + s.lastFolio() + ","
                + s.net().minor() + ","
                + s.discount().minor() + "," + s.tax().minor() + "," + s.cores().minor() + ","
                + s.total().minor());
        for (CashReport.TaxLine t : z.taxes())
            lines.add("tax," + t.object() + "," + t.factor() + "," + t.rate().toPlainString() + ","
                    + t.base().minor() + "," + t.tax().minor());
        lines.add("journal," + z.seal().journalSequence());
        lines.add("z," + z.seal().number() + "," + z.seal().supersedes());
        return lines;
    }

    private static List<String> expected(List<String[]> rows) {
        return rows.stream()
                .filter(row -> !row[0].equals("do"))
                .map(row -> String.join(",", row))
                .toList();
    }

    private static List<String[]> rows(String file) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CashDayByHandTest.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }
}
