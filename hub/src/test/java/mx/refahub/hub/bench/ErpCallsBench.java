package mx.refahub.hub.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import mx.refahub.adapters.odoo.OdooGateway;
import mx.refahub.adapters.odoo.OdooSimulator;
import mx.refahub.adapters.sap.SapGateway;
import mx.refahub.adapters.sap.SapSimulator;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.part.Quantity;

/**
 * {@code ./mvnw -Pbench -Dbench=erp-calls}: how many calls entries, invoices and payments cost at Odoo and at SAP Business One, in the batches that the adapters
 * make, counted by the simulators; and the documents a second with nothing but the adapter, HTTP and the simulator in the way.
 */
public final class ErpCallsBench {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private ErpCallsBench() {}

    public static void main(String[] arguments) throws IOException {
        int documents = Integer.getInteger("bench.documents", 1_000);
        Path out = Path.of(System.getProperty("bench.out", "target/bench"));
        Files.createDirectories(out);
        List<String> rows = new ArrayList<>();
        try (OdooSimulator odoo = new OdooSimulator();
                OdooGateway gateway = new OdooGateway(new One(connection(
                        new OdooGateway(new One(null)).kind(),
                        odoo.start(0),
                        Map.of("database", OdooSimulator.DATABASE, "login", OdooSimulator.LOGIN),
                        Map.of("key", OdooSimulator.KEY))))) {
            odoo.account("401.01.01", "Ventas");
            odoo.account("101.01.01", "Caja");
            all(gateway.put(List.of(new Master.Part("NGK-BKR6E", "Bujía", "", "H87", true))));
            rows.addAll(measured(
                    "odoo",
                    gateway,
                    documents,
                    () -> odoo.calls().size(),
                    new Codes("101.01.01", "401.01.01", "PUBLICO", "16%", "", "CSH1")));
        }
        try (SapSimulator sap = new SapSimulator();
                SapGateway gateway = new SapGateway(new One(connection(
                        new SapGateway(new One(null)).kind(),
                        sap.start(0),
                        Map.of("company", SapSimulator.COMPANY, "user", SapSimulator.USER),
                        Map.of("password", SapSimulator.PASSWORD))))) {
            rows.addAll(measured(
                    "sap",
                    gateway,
                    documents,
                    () -> sap.calls().size(),
                    new Codes("101", "401", "C1", "B16", "01", "101")));
        }
        String json = "[\n  " + String.join(",\n  ", rows) + "\n]";
        Files.writeString(out.resolve("erp-calls.json"), json + "\n");
        System.out.println(json);
    }

    private record Codes(String cash, String sales, String customer, String tax, String warehouse, String tender) {}

    private static List<String> measured(
            String name, ErpGateway gateway, int documents, IntSupplier calls, Codes codes) {
        List<String> rows = new ArrayList<>();
        rows.add(sent(name, "entries", gateway, documents, calls, i -> entry(i, codes)));
        rows.add(sent(name, "invoices", gateway, documents, calls, i -> invoice(i, codes)));
        rows.add(sent(name, "payments", gateway, documents, calls, i -> payment(i, codes)));
        return rows;
    }

    private static String sent(
            String name,
            String what,
            ErpGateway gateway,
            int documents,
            IntSupplier calls,
            IntFunction<Posting> posting) {
        int before = calls.getAsInt();
        long start = System.nanoTime();
        for (int from = 0; from < documents; from += gateway.batch()) {
            List<Posting> some = new ArrayList<>();
            for (int i = from; i < Math.min(documents, from + gateway.batch()); i++) some.add(posting.apply(i));
            all(gateway.deliver(some));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int made = calls.getAsInt() - before;
        return String.format(
                Locale.ROOT,
                "{\"erp\": \"%s\", \"what\": \"%s\", \"documents\": %d, \"batch\": %d, \"calls\": %d, \"callsPerDocument\": %.3f, \"documentsPerSecond\": %.0f}",
                name,
                what,
                documents,
                gateway.batch(),
                made,
                (double) made / documents,
                documents / seconds);
    }

    private static void all(List<Delivery> deliveries) {
        for (Delivery each : deliveries)
            if (!(each instanceof Delivery.Delivered)) throw new IllegalStateException("not delivered: " + each);
    }

    private static Posting entry(int i, Codes codes) {
        Money amount = Money.mxn(100_00);
        Money zero = Money.mxn(0);
        return new Posting.Entry(new JournalEntry(
                new UUID(1, i),
                "E-" + i,
                "CEN",
                "Centro",
                DAY,
                1,
                1,
                amount,
                List.of(
                        new JournalEntry.Line(AccountRole.TENDER, "CASH", codes.cash(), "Caja", "", "", amount, zero),
                        new JournalEntry.Line(
                                AccountRole.SALES, "0%", codes.sales(), "Ventas", "", "", zero, amount))));
    }

    private static Posting invoice(int i, Codes codes) {
        return new Posting.Invoice(
                "F-" + i,
                DAY,
                codes.customer(),
                "CEN",
                codes.warehouse(),
                List.of(new Posting.Line(
                        "NGK-BKR6E",
                        "Bujía",
                        Quantity.of(2),
                        Money.mxn(200_00),
                        Money.mxn(0),
                        codes.tax(),
                        Money.mxn(32_00))),
                Money.mxn(232_00));
    }

    private static Posting payment(int i, Codes codes) {
        return new Posting.Payment(
                "F-" + i + "-P1",
                DAY,
                "F-" + i,
                false,
                codes.customer(),
                codes.tender(),
                Posting.AccountKind.CASH,
                Money.mxn(232_00));
    }

    private static Connection connection(
            OutsideKind kind, URI address, Map<String, String> settings, Map<String, String> secrets) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        kind.fields().forEach(field -> all.putIfAbsent(field.name(), field.preset()));
        secrets.keySet().forEach(all::remove);
        return new Connection(new UUID(2, 2), kind, kind.name(), address, all, secrets);
    }

    private record One(@org.jspecify.annotations.Nullable Connection connection) implements Connections {
        @Override
        public List<Connection> of(String kind) {
            return connection == null || !connection.kind().name().equals(kind) ? List.of() : List.of(connection);
        }

        @Override
        public Optional<Connection> find(UUID id) {
            return Optional.ofNullable(connection);
        }
    }
}
