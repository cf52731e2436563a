package mx.refahub.batch.standard;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.batch.intake.CsvOut;
import mx.refahub.batch.intake.XmlPull;
import org.jspecify.annotations.Nullable;

/**
 * What a supplier asks, out of the Pricing segments of PIES 6 and 7: each {@code Item} becomes a row of prices. Of several prices the one of the best
 * type goes, then the later start; prices of boxes, of several pieces on and of other days are left.
 */
final class PiesCosts {
    private static final List<String> COLUMNS = List.of("line_code", "part_number", "cost", "xml_line", "trouble");

    /** Best first: what a warehouse distributor pays, net, wholesale, dealer, jobber. */
    private static final List<String> TYPES = List.of("WD1", "NET", "WHL", "DLR", "JBR");

    private static final int MAX_TEXT = 4_000;

    private final Lines lines;
    private final LocalDate day;
    private final List<String> types;
    private final @Nullable BigDecimal pesosPerDollar;

    /**
     * @param type the only one to take; empty for the usual ones
     * @param pesosPerDollar null: prices in dollars are rejected
     */
    PiesCosts(Lines lines, LocalDate day, String type, @Nullable BigDecimal pesosPerDollar) {
        this.lines = lines;
        this.day = day;
        types = type.isEmpty() ? TYPES : List.of(type);
        this.pesosPerDollar = pesosPerDollar;
    }

    /** @return rows written */
    long translate(Path from, Path to) throws IOException {
        try (XmlPull xml = new XmlPull(PiesFile.FILE, Files.newInputStream(from));
                CsvOut out = new CsvOut(to, COLUMNS)) {
            if (!xml.nextElement() || !xml.name().equals("PIES"))
                throw PiesFile.refuse("su primer elemento no es PIES");
            String currency = "";
            boolean versioned = false;
            while (xml.nextElement()) {
                switch (xml.name()) {
                    case "PIESVersion" -> {
                        PiesFile.checkVersion(xml.text(MAX_TEXT).strip());
                        versioned = true;
                    }
                    case "CurrencyCode" -> currency = xml.text(MAX_TEXT).strip();
                    case "PriceSheets", "MarketingCopy" -> xml.skip();
                    case "Item" -> {
                        if (!versioned) throw PiesFile.refuse("no dice su versión de PIES antes de la primera pieza");
                        item(xml, currency, out);
                    }
                    default -> {}
                }
            }
            return out.rows();
        }
    }

    private void item(XmlPull xml, String currency, CsvOut out) throws IOException {
        long line = xml.line();
        boolean gone = xml.attribute("MaintenanceType").equals("D");
        String number = "";
        String brand = "";
        PiesPricing best = null;
        int outer = xml.depth();
        while (xml.nextInside(outer)) {
            boolean own = xml.depth() == outer + 1;
            if (own && xml.name().equals("PartNumber"))
                number = xml.text(MAX_TEXT).strip();
            else if (own && xml.name().equals("BrandAAIAID"))
                brand = xml.text(MAX_TEXT).strip();
            else if (xml.name().equals("Pricing")) {
                PiesPricing price = PiesPricing.read(xml, currency);
                if (types.contains(price.type()) && !price.aBreak() && price.holds(day) && isBetter(price, best))
                    best = price;
            } else if (own && !xml.name().equals("Prices")) xml.skip();
        }
        if (gone) return;
        String at = Long.toString(line);
        if (best == null)
            out.row(
                    lines.of(brand),
                    number,
                    "",
                    at,
                    "No trae un precio por pieza de tipo " + String.join(", ", types) + " que valga ese día.");
        else if (best.money().equals("MXN"))
            out.row(lines.of(brand), number, cents(best.amount(), BigDecimal.ONE), at, "");
        else if (best.money().equals("USD") && pesosPerDollar != null)
            out.row(lines.of(brand), number, cents(best.amount(), pesosPerDollar), at, "");
        else
            out.row(
                    lines.of(brand),
                    number,
                    "",
                    at,
                    best.money().equals("USD")
                            ? "Su precio está en dólares; di en «pesos por dólar» a cuántos."
                            : "Su precio está en «" + best.money() + "»; se admiten MXN y USD.");
    }

    private boolean isBetter(PiesPricing one, @Nullable PiesPricing other) {
        if (other == null) return true;
        int rank = types.indexOf(one.type()) - types.indexOf(other.type());
        return rank < 0 || rank == 0 && one.since().isAfter(other.since());
    }

    /** PIES has up to four places. What is no number goes on as it is, and is rejected with its row. */
    private static String cents(String amount, BigDecimal rate) {
        try {
            return amount.length() > 30
                    ? amount
                    : new BigDecimal(amount)
                            .multiply(rate)
                            .setScale(2, RoundingMode.HALF_UP)
                            .toPlainString();
        } catch (ArithmeticException | NumberFormatException e) {
            return amount;
        }
    }
}
