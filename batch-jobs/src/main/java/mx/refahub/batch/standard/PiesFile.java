package mx.refahub.batch.standard;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mx.refahub.batch.intake.CsvOut;
import mx.refahub.batch.intake.XmlPull;
import mx.refahub.batch.run.RunRefused;

/**
 * PIES 6 and 7 (Product Information Exchange Standard): each {@code Item} becomes a row of parts, its barcodes and its interchanges. What PIES has
 * no place for (SAT's keys, tax) is left as the catalogue has it.
 */
final class PiesFile {
    static final String FILE = "pies";

    private static final List<String> PARTS =
            List.of("line_code", "part_number", "brand", "name_es", "name_en", "list_price", "xml_line");
    private static final List<String> BARCODES =
            List.of("line_code", "part_number", "barcode", "pack_quantity", "xml_line");
    private static final List<String> INTERCHANGE =
            List.of("line_code", "part_number", "kind", "other_brand", "other_number", "xml_line");

    private static final List<String> RELATIONS = List.of(
            "kind", "line_code", "part_number", "related_line_code", "related_part_number", "quantity", "xml_line");
    private static final List<String> REMOVALS = List.of("line_code", "part_number", "xml_line");

    /** Best first: long description, invoice, short, label, extended. */
    private static final List<String> DESCRIPTIONS = List.of("DES", "INV", "SHO", "LAB", "EXT");

    /** Best first: retail, list, suggested retail. */
    private static final List<String> PRICES = List.of("RET", "LST", "LIST", "MSR", "MSRP");

    private static final Set<String> ASIDE = Set.of(
            "DigitalAssets",
            "ProductAttributes",
            "ExtendedInformation",
            "MarketingCopy",
            "HazardousMaterial",
            "Dimensions",
            "Weights");

    private static final int MAX_TEXT = 4_000;
    private static final int MAX_OF_ITEM = 10_000;

    private final Lines lines;
    private final LocalDate today;
    private String language = "EN";
    private String currency = "";
    private boolean update;
    private long otherCurrency;

    PiesFile(Lines lines, LocalDate today) {
        this.lines = lines;
        this.today = today;
    }

    boolean isUpdate() {
        return update;
    }

    /** Items whose only prices are not in pesos. */
    long otherCurrency() {
        return otherCurrency;
    }

    record Written(long parts, long barcodes, long interchanges, long relations, long removals) {}

    Written translate(Path from, Path parts, Path barcodes, Path interchange, Path relations, Path removals)
            throws IOException {
        try (XmlPull xml = new XmlPull(FILE, Files.newInputStream(from));
                CsvOut partRows = new CsvOut(parts, PARTS);
                CsvOut barcodeRows = new CsvOut(barcodes, BARCODES);
                CsvOut interchangeRows = new CsvOut(interchange, INTERCHANGE);
                CsvOut relationRows = new CsvOut(relations, RELATIONS);
                CsvOut removalRows = new CsvOut(removals, REMOVALS)) {
            if (!xml.nextElement() || !xml.name().equals("PIES")) throw refuse("su primer elemento no es PIES");
            boolean versioned = false;
            while (xml.nextElement()) {
                switch (xml.name()) {
                    case "PIESVersion" -> {
                        checkVersion(xml.text(MAX_TEXT).strip());
                        versioned = true;
                    }
                    case "SubmissionType" -> update = xml.text(MAX_TEXT).strip().equals("UPDATE");
                    case "LanguageCode" -> language = xml.text(MAX_TEXT).strip();
                    case "CurrencyCode" -> currency = xml.text(MAX_TEXT).strip();
                    case "PriceSheets", "MarketingCopy" -> xml.skip();
                    case "Item" -> {
                        if (!versioned) throw refuse("no dice su versión de PIES antes de la primera pieza");
                        Item item = new Item(xml.line());
                        boolean gone = xml.attribute("MaintenanceType").equals("D");
                        item.read(xml);
                        if (gone) item.remove(removalRows);
                        else item.write(partRows, barcodeRows, interchangeRows, relationRows);
                    }
                    default -> {}
                }
            }
            return new Written(
                    partRows.rows(),
                    barcodeRows.rows(),
                    interchangeRows.rows(),
                    relationRows.rows(),
                    removalRows.rows());
        }
    }

    static void checkVersion(String version) {
        if (!version.startsWith("6") && !version.startsWith("7"))
            throw refuse("es PIES " + version + "; se admiten 6 y 7");
    }

    static RunRefused refuse(String why) {
        return new RunRefused("El archivo «" + FILE + "» no se importó: " + why + ".");
    }

    private record Interchanged(String kind, String brand, String number) {}

    private record Component(String brand, String number, String quantity) {}

    private record Price(String type, LocalDate since, String amount) {}

    private final class Item {
        private final long line;
        private String number = "";
        private String brand = "";
        private String brandLabel = "";
        private String spanish = "";
        private String english = "";
        private int spanishRank = Integer.MAX_VALUE;
        private int englishRank = Integer.MAX_VALUE;
        private Price price = new Price("", LocalDate.MIN, "");
        private boolean foreignPrice;
        private final Map<String, String> barcodes = new LinkedHashMap<>();
        private final Set<Interchanged> interchanges = new LinkedHashSet<>();
        private final Set<Component> components = new LinkedHashSet<>();

        Item(long line) {
            this.line = line;
        }

        void read(XmlPull xml) throws IOException {
            int outer = xml.depth();
            while (xml.nextInside(outer)) {
                boolean own = xml.depth() == outer + 1;
                String name = xml.name();
                if (ASIDE.contains(name)) xml.skip();
                else if (own && name.equals("PartNumber"))
                    number = xml.text(MAX_TEXT).strip();
                else if (own && name.equals("BrandAAIAID"))
                    brand = xml.text(MAX_TEXT).strip();
                else if (own && name.equals("BrandLabel"))
                    brandLabel = xml.text(MAX_TEXT).strip();
                else if (own && name.equals("ItemLevelGTIN"))
                    barcode(gtin(xml.text(MAX_TEXT).strip()), "1");
                else if (name.equals("Description")) description(xml);
                else if (name.equals("Pricing")) pricing(xml);
                else if (name.equals("Package")) packaged(xml);
                else if (name.equals("PartInterchange")) interchange(xml);
                else if (name.equals("KitComponent")) component(xml);
            }
        }

        private void description(XmlPull xml) throws IOException {
            String code = xml.attribute("DescriptionCode");
            String said = xml.attribute("LanguageCode");
            boolean gone = xml.attribute("MaintenanceType").equals("D");
            String text = xml.text(MAX_TEXT * 4).strip().replaceAll("\\s+", " ");
            int rank = DESCRIPTIONS.indexOf(code);
            if (rank < 0 || gone || text.isEmpty()) return;
            String spoken = (said.isEmpty() ? language : said).toUpperCase(Locale.ROOT);
            if (spoken.startsWith("ES") && rank < spanishRank) {
                spanish = text;
                spanishRank = rank;
            } else if (spoken.startsWith("EN") && rank < englishRank) {
                english = text;
                englishRank = rank;
            }
        }

        private void pricing(XmlPull xml) throws IOException {
            PiesPricing told = PiesPricing.read(xml, currency);
            int rank = PRICES.indexOf(told.type());
            if (rank < 0 || !told.holds(today)) return;
            if (!told.money().equals("MXN")) {
                foreignPrice = true;
                return;
            }
            int standing = price.type().isEmpty() ? Integer.MAX_VALUE : PRICES.indexOf(price.type());
            if (rank < standing || rank == standing && told.since().isAfter(price.since()))
                price = new Price(told.type(), told.since(), cents(told.amount()));
        }

        /** PIES has up to four places. What is no number goes on as it is, and is rejected with its row. */
        private String cents(String amount) {
            try {
                return amount.length() > 30
                        ? amount
                        : new BigDecimal(amount)
                                .setScale(2, RoundingMode.HALF_UP)
                                .toPlainString();
            } catch (ArithmeticException | NumberFormatException e) {
                return amount;
            }
        }

        private void packaged(XmlPull xml) throws IOException {
            boolean gone = xml.attribute("MaintenanceType").equals("D");
            String code = "";
            String label = "";
            String eaches = "";
            int outer = xml.depth();
            while (xml.nextInside(outer)) {
                switch (xml.name()) {
                    case "PackageLevelGTIN" -> code = gtin(xml.text(MAX_TEXT).strip());
                    case "PackageBarCodeCharacters" ->
                        label = xml.text(MAX_TEXT).strip();
                    case "QuantityofEaches" -> eaches = xml.text(MAX_TEXT).strip();
                    default -> {
                        if (!xml.name().equals("Package")) xml.skip();
                    }
                }
            }
            if (gone) return;
            String pack = eaches.isEmpty() ? "1" : eaches;
            barcode(label, pack);
            barcode(code, pack);
        }

        private void barcode(String code, String pack) {
            if (code.isEmpty()) return;
            if (barcodes.size() == MAX_OF_ITEM) throw tooMany();
            barcodes.putIfAbsent(code, pack);
        }

        private void interchange(XmlPull xml) throws IOException {
            boolean gone = xml.attribute("MaintenanceType").equals("D");
            String type = xml.attribute("TypeCode");
            String code = xml.attribute("BrandAAIAID");
            String label = xml.attribute("BrandLabel");
            String other = "";
            int outer = xml.depth();
            while (xml.nextInside(outer)) {
                switch (xml.name()) {
                    case "TypeCode" -> type = xml.text(MAX_TEXT).strip();
                    case "BrandAAIAID" -> code = xml.text(MAX_TEXT).strip();
                    case "BrandLabel" -> label = xml.text(MAX_TEXT).strip();
                    case "PartNumber" -> other = xml.text(MAX_TEXT).strip();
                    default -> xml.skip();
                }
            }
            if (gone || other.isEmpty()) return;
            if (interchanges.size() == MAX_OF_ITEM) throw tooMany();
            String kind = switch (type.toUpperCase(Locale.ROOT)) {
                case "O", "OE", "OEM" -> "oem";
                case "S" -> "supersedes";
                default -> "equivalent";
            };
            interchanges.add(new Interchanged(kind, label.isEmpty() ? code : label, other));
        }

        private void component(XmlPull xml) throws IOException {
            boolean gone = xml.attribute("MaintenanceType").equals("D");
            String of = "";
            String code = "";
            String quantity = "";
            int outer = xml.depth();
            while (xml.nextInside(outer)) {
                switch (xml.name()) {
                    case "KitComponentPartNumber", "ComponentPartNumber" ->
                        of = xml.text(MAX_TEXT).strip();
                    case "KitComponentBrand", "ComponentBrand", "KitComponentBrandAAIAID" ->
                        code = xml.text(MAX_TEXT).strip();
                    case "QuantityInKit" -> quantity = xml.text(MAX_TEXT).strip();
                    default -> xml.skip();
                }
            }
            if (gone || of.isEmpty()) return;
            if (components.size() == MAX_OF_ITEM) throw tooMany();
            components.add(new Component(code, of, plain(quantity)));
        }

        /** Without the places that say nothing: 2.0000 is 2. */
        private String plain(String quantity) {
            try {
                return quantity.isEmpty() || quantity.length() > 30
                        ? quantity
                        : new BigDecimal(quantity).stripTrailingZeros().toPlainString();
            } catch (NumberFormatException e) {
                return quantity;
            }
        }

        void remove(CsvOut removalRows) throws IOException {
            removalRows.row(lines.of(brand), number, Long.toString(line));
        }

        private RunRefused tooMany() {
            return refuse("la pieza del renglón " + line + " trae más de " + MAX_OF_ITEM
                    + " códigos, intercambios o componentes");
        }

        void write(CsvOut partRows, CsvOut barcodeRows, CsvOut interchangeRows, CsvOut relationRows)
                throws IOException {
            String lineCode = lines.of(brand);
            String at = Long.toString(line);
            if (price.amount().isEmpty() && foreignPrice) otherCurrency++;
            partRows.row(
                    lineCode, number, brandLabel.isEmpty() ? brand : brandLabel, spanish, english, price.amount(), at);
            for (Map.Entry<String, String> each : barcodes.entrySet())
                barcodeRows.row(lineCode, number, each.getKey(), each.getValue(), at);
            for (Interchanged each : interchanges)
                interchangeRows.row(lineCode, number, each.kind(), each.brand(), each.number(), at);
            for (Component each : components)
                relationRows.row(
                        "component",
                        lineCode,
                        number,
                        each.brand().isEmpty() ? lineCode : lines.of(each.brand()),
                        each.number(),
                        each.quantity(),
                        at);
        }
    }

    /** As a scanner reads it: fourteen digits are a UPC-A or an EAN-13 with zeros in front (GS1 General Specifications, 2.1). */
    static String gtin(String code) {
        if (code.length() != 14 || !code.chars().allMatch(c -> c >= '0' && c <= '9')) return code;
        if (code.startsWith("00")) return code.substring(2);
        return code.startsWith("0") ? code.substring(1) : code;
    }
}
