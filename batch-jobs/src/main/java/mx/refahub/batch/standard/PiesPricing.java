package mx.refahub.batch.standard;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import mx.refahub.batch.intake.XmlPull;

/**
 * One {@code Pricing} of a PIES item.
 *
 * @param money code of its currency; empty where neither it nor the file says one
 * @param gone the sender takes it back
 * @param aBreak it holds from several pieces on
 */
record PiesPricing(
        String type,
        String money,
        String amount,
        String unit,
        LocalDate since,
        LocalDate until,
        boolean gone,
        boolean aBreak) {
    private static final Set<String> EACH = Set.of("", "PE", "EA", "PC");
    private static final Set<String> ONE = Set.of("", "0", "1");
    private static final int MAX_TEXT = 4_000;

    /** @param currency the file's, where the price says none */
    static PiesPricing read(XmlPull xml, String currency) throws IOException {
        String type = xml.attribute("PriceType");
        boolean gone = xml.attribute("MaintenanceType").equals("D");
        String money = currency;
        String amount = "";
        String unit = "";
        String from = "";
        LocalDate since = LocalDate.MIN;
        LocalDate until = LocalDate.MAX;
        int outer = xml.depth();
        while (xml.nextInside(outer)) {
            switch (xml.name()) {
                case "CurrencyCode" -> money = xml.text(MAX_TEXT).strip();
                case "Price" -> {
                    unit = xml.attribute("UOM");
                    amount = xml.text(MAX_TEXT).strip();
                }
                case "PriceBreak" -> from = xml.text(MAX_TEXT).strip();
                case "EffectiveDate" -> since = date(xml.text(MAX_TEXT), since);
                case "ExpirationDate" -> until = date(xml.text(MAX_TEXT), until);
                default -> xml.skip();
            }
        }
        return new PiesPricing(type, money, amount, unit, since, until, gone, !ONE.contains(from));
    }

    /** A price of one piece that holds on this day. */
    boolean holds(LocalDate day) {
        return !gone && !amount.isEmpty() && EACH.contains(unit) && !since.isAfter(day) && !until.isBefore(day);
    }

    private static LocalDate date(String text, LocalDate otherwise) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
