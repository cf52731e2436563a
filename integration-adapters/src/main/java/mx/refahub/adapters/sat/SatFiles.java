package mx.refahub.adapters.sat;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.AccountWords;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.ExportRows;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * For each month of the export: entries ({@code PL}), the chart of the accounts in them ({@code CT}) and their movements ({@code BN}), named as SAT asks:
 * RFC, year, month, kind. Schemas: PolizasPeriodo, CatalogoCuentas and BalanzaComprobacion 1.3. The balance starts at zero: it shows what these sales
 * move, not the company's books.
 */
public final class SatFiles implements JournalFiles {
    private static final String SPACE = "http://www.sat.gob.mx/esquemas/ContabilidadE/1_3/";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int LONGEST_CONCEPT = 200;

    @Override
    public ErpTarget target() {
        return ErpTarget.SAT;
    }

    @Override
    public void write(Company company, Export export, ExportRows rows, Path folder) throws IOException {
        try (Months months = new Months(company, folder)) {
            rows.entries(export.id(), months::take);
        }
    }

    /** What one account has, of one month: a chart is small, however many entries there are. */
    private static final class Account {
        private final JournalEntry.Line first;
        private Money debit = Money.mxn(0);
        private Money credit = Money.mxn(0);

        Account(JournalEntry.Line first) {
            this.first = first;
        }
    }

    /** Entries come by day, so that one month is open at a time. */
    private static final class Months implements Closeable {
        private final Company company;
        private final Path folder;
        private final Map<String, Account> accounts = new TreeMap<>();
        private @Nullable YearMonth month;
        private @Nullable Xml entries;

        Months(Company company, Path folder) {
            this.company = company;
            this.folder = folder;
        }

        void take(JournalEntry entry) {
            // The schema wants a line in each; an entry without one moves no account.
            if (entry.lines().isEmpty()) return;
            YearMonth of = YearMonth.from(entry.day());
            Xml xml = entries;
            if (xml == null || !of.equals(month)) {
                end();
                month = of;
                xml = begin(of, "PL", "PLZ", "PolizasPeriodo", "Polizas");
                xml.attribute("TipoSolicitud", "AF");
                entries = xml;
            }
            xml.open("Poliza");
            xml.attribute("NumUnIdenPol", entry.reference());
            xml.attribute("Fecha", entry.day().toString());
            xml.attribute("Concepto", entry.concept());
            for (JournalEntry.Line line : entry.lines()) {
                xml.open("Transaccion");
                xml.attribute("NumCta", line.account());
                xml.attribute("DesCta", line.accountName());
                xml.attribute("Concepto", cut(concept(line)));
                xml.attribute("Debe", amount(line.debit()));
                xml.attribute("Haber", amount(line.credit()));
                xml.close(1);
                Account account = accounts.computeIfAbsent(line.account(), none -> new Account(line));
                account.debit = account.debit.plus(line.debit());
                account.credit = account.credit.plus(line.credit());
            }
            xml.close(1);
        }

        private static String concept(JournalEntry.Line line) {
            return (line.accountName() + " " + AccountWords.kind(line.kind())).strip();
        }

        private static String cut(String text) {
            return text.substring(0, Math.min(text.length(), LONGEST_CONCEPT));
        }

        private Xml begin(YearMonth of, String kind, String prefix, String schema, String root) {
            String name = "%s%d%02d%s.xml".formatted(company.rfc(), of.getYear(), of.getMonthValue(), kind);
            Xml xml = new Xml(folder.resolve(name), prefix, SPACE + schema);
            xml.root(root, SPACE + schema + " " + SPACE + schema + "/" + schema + "_1_3.xsd");
            xml.attribute("Version", "1.3");
            xml.attribute("RFC", company.rfc());
            xml.attribute("Mes", "%02d".formatted(of.getMonthValue()));
            xml.attribute("Anio", Integer.toString(of.getYear()));
            return xml;
        }

        private void end() {
            Xml open = entries;
            YearMonth of = month;
            if (open == null || of == null) return;
            open.end();
            entries = null;
            Xml chart = begin(of, "CT", "catalogocuentas", "CatalogoCuentas", "Catalogo");
            accounts.forEach((number, account) -> {
                chart.open("Ctas");
                chart.attribute("CodAgrup", account.first.satGroup());
                chart.attribute("NumCta", number);
                chart.attribute("Desc", account.first.accountName());
                chart.attribute("Nivel", "1");
                chart.attribute("Natur", nature(account.first.role()));
                chart.close(1);
            });
            chart.end();
            Xml balance = begin(of, "BN", "BCE", "BalanzaComprobacion", "Balanza");
            balance.attribute("TipoEnvio", "N");
            accounts.forEach((number, account) -> {
                balance.open("Ctas");
                balance.attribute("NumCta", number);
                balance.attribute("SaldoIni", "0.00");
                balance.attribute("Debe", amount(account.debit));
                balance.attribute("Haber", amount(account.credit));
                // Anexo 24: a debit account's balance is debits less credits, the others' the reverse.
                boolean debit = nature(account.first.role()).equals("D");
                balance.attribute(
                        "SaldoFin",
                        amount(debit ? account.debit.minus(account.credit) : account.credit.minus(account.debit)));
                balance.close(1);
            });
            balance.end();
            accounts.clear();
        }

        private static String nature(AccountRole role) {
            return switch (role) {
                case TENDER,
                        RETURNS,
                        DISCOUNTS,
                        CASH_FUND,
                        CASH_OUT,
                        CASH_DROPS,
                        CASH_COUNTED,
                        CASH_DIFFERENCE,
                        PURCHASES,
                        TAX_PAID,
                        DIFFERENCE -> "D";
                case SALES, TAX, CORES, VOUCHERS, DEPOSITS, PENALTIES, CASH_IN, TAX_WITHHELD, SUPPLIERS -> "A";
            };
        }

        private static String amount(Money money) {
            BigDecimal amount = money.amount();
            return amount.toPlainString();
        }

        @Override
        public void close() {
            end();
        }
    }

    /** A document written from its root on. */
    private static final class Xml {
        private final OutputStream out;
        private final XMLStreamWriter writer;
        private final String prefix;
        private final String space;

        Xml(Path file, String prefix, String space) {
            this.prefix = prefix;
            this.space = space;
            try {
                out = new BufferedOutputStream(Files.newOutputStream(file));
                writer = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            } catch (IOException | XMLStreamException e) {
                throw new IllegalStateException("cannot write " + file, e);
            }
        }

        private interface Write {
            void run() throws XMLStreamException, IOException;
        }

        private static void all(Write write) {
            try {
                write.run();
            } catch (XMLStreamException | IOException e) {
                throw new IllegalStateException("cannot write the document", e);
            }
        }

        void root(String name, String location) {
            all(() -> {
                writer.writeStartDocument("UTF-8", "1.0");
                writer.writeStartElement(prefix, name, space);
                writer.writeNamespace(prefix, space);
                writer.writeNamespace("xsi", INSTANCE);
                writer.writeAttribute("xsi", INSTANCE, "schemaLocation", location);
            });
        }

        void open(String name) {
            all(() -> writer.writeStartElement(prefix, name, space));
        }

        void attribute(String name, String value) {
            all(() -> writer.writeAttribute(name, value));
        }

        void close(int levels) {
            all(() -> {
                for (int i = 0; i < levels; i++) writer.writeEndElement();
            });
        }

        void end() {
            all(() -> {
                writer.writeEndDocument();
                writer.close();
                out.close();
            });
        }
    }
}
