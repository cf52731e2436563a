package mx.refahub.pos.desk;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.search.Facets;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.search.Understood;
import mx.refahub.domain.tax.TaxClass;

/** A few dozen parts and a search that is good enough to look at screens with. */
final class DeskCatalogue implements PartCatalogue, PartSearch, Shelves {
    // line | number | brand | Spanish | English | category | unit | price | core | stock | barcode | interchange |
    // fitments
    private static final String TABLE = """
            FRI|7974-D1045|Fritec|Balata delantera cerámica|Ceramic brake pad, front|Frenos/Balatas|JGO|489.00|0|12|7501234567017|OEM VW 5K0698151|Volkswagen Jetta 2011-2018 2.5L; Volkswagen Golf 2010-2014 2.5L
            BRE|P85-114|Brembo|Balata delantera|Brake pad, front|Frenos/Balatas|JGO|612.00|0|2|8020584058411|EQUIVALENT FRI 7974-D1045|Volkswagen Jetta 2011-2018 2.5L; Seat León 2013-2018 1.4L
            WAG|QC1045|Wagner|Balata delantera semimetálica|Semi-metallic brake pad, front|Frenos/Balatas|JGO|398.50|0|0||EQUIVALENT FRI 7974-D1045|Volkswagen Jetta 2011-2018 2.5L
            FRI|7974-D1108|Fritec|Balata trasera cerámica|Ceramic brake pad, rear|Frenos/Balatas|JGO|455.00|0|7|7501234567024|OEM VW 1K0698451|Volkswagen Jetta 2011-2018 2.5L
            FRI|7532-D905|Fritec|Balata delantera|Brake pad, front|Frenos/Balatas|JGO|329.00|0|21|7501234567031||Nissan Tsuru 1992-2017 1.6L; Nissan Sentra 1995-1999 1.6L
            NGK|BKR6E-11|NGK|Bujía estándar|Spark plug|Encendido/Bujías|PZA|58.00|0|148|0087295127971 10087295127978*10|OEM Nissan 22401-50Y06|Nissan Tsuru 1992-2017 1.6L; Chevrolet Chevy 1994-2012 1.6L
            NGK|ILZKR7B-11S|NGK|Bujía láser iridio|Laser iridium spark plug|Encendido/Bujías|PZA|289.00|0|16|0087295156155|OEM Honda 12290-5A2-A01|Honda Civic 2012-2020 1.8L; Honda CR-V 2012-2016 2.4L
            CHA|RC12YC|Champion|Bujía de cobre|Copper spark plug|Encendido/Bujías|PZA|46.50|0|60|0037551000586|EQUIVALENT NGK BKR6E-11|Nissan Tsuru 1992-2017 1.6L
            ALT|23-11254|Alterstar|Alternador 90 A remanufacturado|Alternator 90 A, remanufactured|Eléctrico/Alternadores|PZA|3250.00|600.00|3|7509990011254|OEM GM 96954184|Chevrolet Aveo 2008-2018 1.6L
            ALT|23-8171|Alterstar|Alternador 70 A remanufacturado|Alternator 70 A, remanufactured|Eléctrico/Alternadores|PZA|2480.00|500.00|1|7509990008171||Nissan Tsuru 1992-2017 1.6L
            LTH|L-47-550|LTH|Acumulador 47 550 A|Battery group 47, 550 A|Eléctrico/Acumuladores|PZA|2699.00|350.00|5|7501030547550||Volkswagen Jetta 2011-2018 2.5L; Chevrolet Aveo 2008-2018 1.6L
            GON|GP-9120|Gonher|Filtro de aceite|Oil filter|Filtros/Aceite|PZA|89.00|0|64|7501007091200|OEM Nissan 15208-65F0A|Nissan Tsuru 1992-2017 1.6L; Nissan Versa 2012-2019 1.6L
            GON|GP-47|Gonher|Filtro de aceite|Oil filter|Filtros/Aceite|PZA|94.00|0|33|7501007000470||Chevrolet Aveo 2008-2018 1.6L; Chevrolet Chevy 1994-2012 1.6L
            MAN|HU 719/7 X|Mann|Elemento filtro de aceite|Oil filter element|Filtros/Aceite|PZA|212.00|0|9|4011558710804|OEM VW 071115562C|Volkswagen Jetta 2011-2018 2.5L
            GON|GA-1144|Gonher|Filtro de aire|Air filter|Filtros/Aire|PZA|165.00|0|18|7501007011440||Nissan Versa 2012-2019 1.6L
            MAN|C 30 005|Mann|Filtro de aire|Air filter|Filtros/Aire|PZA|334.00|0|4|4011558389406||Volkswagen Jetta 2011-2018 2.5L
            GAT|T41201A|Gates|Kit de distribución con bomba de agua|Timing belt kit with water pump|Motor/Distribución|KIT|1890.00|0|2|0072053775037||Chevrolet Aveo 2008-2018 1.6L
            GAT|K060841|Gates|Banda micro-V accesorios|Micro-V accessory belt|Motor/Bandas|PZA|318.00|0|11|0072053211870||Volkswagen Jetta 2011-2018 2.5L
            MON|72456|Monroe|Amortiguador delantero derecho|Strut, front right|Suspensión/Amortiguadores|PZA|1385.00|0|4|0048598724564||Chevrolet Aveo 2008-2018 1.6L
            MON|72457|Monroe|Amortiguador delantero izquierdo|Strut, front left|Suspensión/Amortiguadores|PZA|1385.00|0|3|0048598724571||Chevrolet Aveo 2008-2018 1.6L
            MON|5786|Monroe|Amortiguador trasero|Shock absorber, rear|Suspensión/Amortiguadores|PZA|742.00|0|8|0048598057860||Nissan Tsuru 1992-2017 1.6L
            KYB|339196|KYB|Amortiguador delantero gas|Gas strut, front|Suspensión/Amortiguadores|PZA|1720.00|0|0|4909500339196||Nissan Versa 2012-2019 1.6L
            MOO|K80012|Moog|Rótula inferior delantera|Ball joint, front lower|Suspensión/Rótulas|PZA|486.00|0|6|0080066312408||Nissan Versa 2012-2019 1.6L
            SYD|SS-1211|Syd|Terminal de dirección derecha|Tie rod end, right|Dirección/Terminales|PZA|245.00|0|10|7502211012114||Nissan Tsuru 1992-2017 1.6L
            VAL|828057|Valeo|Kit de clutch|Clutch kit|Transmisión/Clutch|KIT|2950.00|0|2|3276428280577||Nissan Tsuru 1992-2017 1.6L
            LUK|622 3168 09|LuK|Kit de clutch|Clutch kit|Transmisión/Clutch|KIT|3480.00|0|1|4005108712233||Chevrolet Aveo 2008-2018 1.6L
            BOS|0 986 424 815|Bosch|Balata delantera|Brake pad, front|Frenos/Balatas|JGO|545.00|0|5|4047024243309||Honda Civic 2012-2020 1.8L
            BOS|F 002 H23 590|Bosch|Bomba de gasolina|Fuel pump|Combustible/Bombas|PZA|1120.00|0|3|4047025012345||Chevrolet Aveo 2008-2018 1.6L
            TF|41-2230|TF Victor|Junta de cabeza|Head gasket|Motor/Juntas|PZA|415.00|0|4|7501122230410||Nissan Tsuru 1992-2017 1.6L
            CAR|ACE-5W30-5L|Castrol|Aceite sintético 5W-30 garrafa 5 L|Synthetic oil 5W-30, 5 L|Lubricantes/Motor|PZA|899.00|0|26|0079191005305||
            AKR|MX-DOT4|Akron|Líquido para frenos DOT 4|Brake fluid DOT 4|Lubricantes/Frenos|PZA|95.00|0|40|7501295600404||
            HUL|MG-516|Hulera|Manguera de gasolina 5/16|Fuel hose 5/16|Combustible/Mangueras|MTO|68.00|0|48.5|7503004500516||
            TRI|RAD-2210|Trillex|Radiador|Radiator|Enfriamiento/Radiadores|PZA|2150.00|0|1|7504000022100||Nissan Tsuru 1992-2017 1.6L
            MTE|3015-192|MTE-Thomson|Termostato 89 °C|Thermostat 89 °C|Enfriamiento/Termostatos|PZA|186.00|0|9|7898003015192||Volkswagen Jetta 2011-2018 2.5L
            DEN|234-4169|Denso|Sensor de oxígeno|Oxygen sensor|Encendido/Sensores|PZA|1340.00|0||0042511241690||Honda Civic 2012-2020 1.8L
            """;

    /** More than a page tells of one kind. */
    private static final int BEYOND_ALL_BOUNDS = 620;

    record Row(PartCard card, List<Interchange> interchanges, List<Fitment> fitments) {
        Part part() {
            return card.part();
        }
    }

    private final Map<PartId, Row> rows = new LinkedHashMap<>();

    DeskCatalogue() {
        TABLE.lines().map(DeskCatalogue::row).forEach(row -> rows.put(row.part().id(), row));
    }

    private static Row row(String line) {
        String[] f = line.split("\\|", -1);
        PartId id = new PartId(UUID.nameUUIDFromBytes((f[0] + f[1]).getBytes(StandardCharsets.UTF_8)));
        List<Barcode> codes = Stream.of(f[10].split(" "))
                .filter(code -> !code.isEmpty())
                .map(DeskCatalogue::barcode)
                .toList();
        Part part = new Part(
                id,
                new LineCode(f[0]),
                new PartNumber(f[1]),
                f[2],
                f[3],
                f[4],
                f[5],
                f[6],
                TaxClass.GENERAL,
                Money.of(new BigDecimal(f[8]), Money.MXN),
                "25172000",
                "H87",
                "02",
                codes);
        Money price = Money.of(new BigDecimal(f[7]), Money.MXN);
        boolean priced = !f[9].isEmpty();
        PartCard card = new PartCard(
                part,
                priced ? new Price(price, true) : null,
                priced ? price.text() : null,
                priced ? Quantity.of(new BigDecimal(f[9])) : Quantity.ZERO);
        List<Interchange> others = new ArrayList<>();
        if (!f[11].isEmpty()) {
            String[] words = f[11].split(" ", 3);
            others.add(new Interchange(Interchange.Kind.valueOf(words[0]), words[1], new PartNumber(words[2])));
        }
        List<Fitment> fits = new ArrayList<>();
        for (String fit : f[12].split(";")) {
            if (fit.isBlank()) continue;
            String[] words = fit.strip().split(" ");
            String[] years = words[2].split("-");
            fits.add(new Fitment(
                    words[0],
                    words[1],
                    Integer.parseInt(years[0]),
                    Integer.parseInt(years[1]),
                    words[3],
                    f[3].contains("trase") ? "trasera" : f[3].contains("delant") ? "delantera" : "",
                    ""));
        }
        return new Row(card, others, fits);
    }

    /** The code of a box has its pieces behind an asterisk. */
    private static Barcode barcode(String code) {
        int pieces = code.indexOf('*');
        return pieces < 0
                ? new Barcode(code, Quantity.ONE)
                : new Barcode(code.substring(0, pieces), Quantity.of(Long.parseLong(code.substring(pieces + 1))));
    }

    Optional<Row> row(PartId id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public Map<PartId, PartCard> cards(Collection<PartId> ids) {
        Map<PartId, PartCard> found = new LinkedHashMap<>();
        for (PartId id : ids) row(id).ifPresent(row -> found.put(id, row.card()));
        return found;
    }

    @Override
    public Optional<Scanned> byBarcode(String barcode) {
        return rows.values().stream()
                .flatMap(row -> row.part().barcodes().stream()
                        .filter(code -> code.value().equals(barcode))
                        .map(code -> new Scanned(row.part().id(), code)))
                .findFirst();
    }

    /** The pads have others in their place and something that goes with them; the timing kit holds a belt. */
    private List<Related> related(Part part) {
        return switch (part.number().value()) {
            case "7974-D1045" ->
                List.of(
                        related(PartRelation.Kind.ACCESSORY, "AKRMX-DOT4", PartRelation.Grade.NONE, 1, "al cambiarlas"),
                        related(PartRelation.Kind.ALTERNATIVE, "BREP85-114", PartRelation.Grade.PREMIUM, 1, ""),
                        related(PartRelation.Kind.ALTERNATIVE, "WAGQC1045", PartRelation.Grade.ECONOMY, 1, ""),
                        related(PartRelation.Kind.ALTERNATIVE, "GONE", PartRelation.Grade.ECONOMY, 1, ""));
            // More goes with the timing kit than anybody reads.
            case "T41201A" ->
                Stream.concat(
                                Stream.generate(() -> related(
                                                PartRelation.Kind.ACCESSORY,
                                                "AKRMX-DOT4",
                                                PartRelation.Grade.NONE,
                                                1,
                                                ""))
                                        .limit(BEYOND_ALL_BOUNDS),
                                Stream.of(related(
                                        PartRelation.Kind.COMPONENT, "GATK060841", PartRelation.Grade.NONE, 2, "")))
                        .toList();
            case "72456" -> List.of(related(PartRelation.Kind.OPPOSITE, "MON72457", PartRelation.Grade.NONE, 1, ""));
            default -> List.of();
        };
    }

    private static Related related(
            PartRelation.Kind kind, String lineAndNumber, PartRelation.Grade grade, long quantity, String note) {
        PartId id = new PartId(UUID.nameUUIDFromBytes(lineAndNumber.getBytes(StandardCharsets.UTF_8)));
        return new Related(kind, id, grade, Quantity.of(quantity), "", note);
    }

    @Override
    public Relations relations(PartId id) {
        return row(id).map(row -> new Relations(row.fitments(), row.interchanges(), related(row.part())))
                .orElse(new Relations(List.of(), List.of()));
    }

    @Override
    public Look look() {
        return new Look() {
            @Override
            public Predicate<PartId> stocked() {
                return part -> row(part)
                        .filter(row -> row.card().stock().thousandths() > 0)
                        .isPresent();
            }

            @Override
            public Map<PartId, OnHand> onHand(List<PartId> candidates) {
                return Map.of();
            }

            @Override
            public Map<PartId, PartCard> cards(Collection<PartId> parts) {
                return DeskCatalogue.this.cards(parts);
            }
        };
    }

    @Override
    public Figures figures() {
        return new Figures(rows.size(), 0, 1);
    }

    @Override
    public PartHits find(PartQuery query, Look look) {
        PartQuery all = new PartQuery(
                query.text(),
                query.make(),
                query.model(),
                query.year(),
                query.engine(),
                query.category(),
                PartQuery.MAX_LIMIT,
                0);
        List<PartHits.Hit> hits = find(all).hits();
        Predicate<PartHits.Hit> ofBrand =
                hit -> query.brand().isEmpty() || part(hit).brand().equals(query.brand());
        Predicate<PartHits.Hit> at = hit -> query.position().isEmpty()
                || rows.get(hit.part()).fitments().stream()
                        .anyMatch(f -> f.position().equals(query.position()));
        Predicate<PartHits.Hit> stocked =
                hit -> !query.stocked() || look.stocked().test(hit.part());
        List<PartHits.Hit> chosen =
                hits.stream().filter(ofBrand.and(at).and(stocked)).toList();
        Facets facets = !query.facets()
                ? null
                : new Facets(
                        counted(hits.stream()
                                .filter(at.and(stocked))
                                .map(hit -> part(hit).brand())),
                        counted(chosen.stream().map(hit -> part(hit).category())),
                        counted(hits.stream()
                                .filter(ofBrand.and(stocked))
                                .flatMap(hit -> rows.get(hit.part()).fitments().stream()
                                        .map(Fitment::position)
                                        .filter(position -> !position.isEmpty())
                                        .distinct())),
                        hits.stream()
                                .filter(ofBrand.and(at))
                                .filter(hit -> look.stocked().test(hit.part()))
                                .count());
        return new PartHits(
                chosen.size(),
                1,
                418,
                chosen.stream().skip(query.offset()).limit(query.limit()).toList(),
                Understood.NOTHING,
                List.of(),
                facets);
    }

    private Part part(PartHits.Hit hit) {
        return rows.get(hit.part()).part();
    }

    private static List<Facets.Count> counted(Stream<String> names) {
        Map<String, Long> counts = new TreeMap<>();
        names.forEach(name -> counts.merge(name, 1L, Long::sum));
        return counts.entrySet().stream()
                .map(each -> new Facets.Count(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Facets.Count::parts).reversed())
                .toList();
    }

    @Override
    public PartHits find(PartQuery query) {
        long from = System.nanoTime();
        List<PartHits.Hit> hits = new ArrayList<>();
        if (!query.isEmpty()) {
            for (Row row : rows.values()) {
                boolean fits = !query.hasVehicle() || row.fitments().stream().anyMatch(f -> fits(f, query));
                boolean inCategory =
                        query.category().isEmpty() || row.part().category().startsWith(query.category());
                if (fits && inCategory)
                    reason(row, query.text())
                            .ifPresent(
                                    why -> hits.add(new PartHits.Hit(row.part().id(), why)));
            }
        }
        hits.sort(Comparator.comparing(hit -> hit.reason().kind()));
        return new PartHits(
                hits.size(),
                (System.nanoTime() - from) / 1000,
                418,
                hits.stream().skip(query.offset()).limit(query.limit()).toList());
    }

    private static Optional<Reason> reason(Row row, String text) {
        if (text.isBlank()) {
            String fit = row.fitments().isEmpty() ? "" : describe(row.fitments().getFirst());
            return Optional.of(new Reason(Reason.Kind.FITS, fit));
        }
        Part part = row.part();
        String number = PartNumber.normal(text);
        String own = part.number().normal();
        String withLine = PartNumber.normal(part.lineCode().value()) + own;
        if (text.strip().equalsIgnoreCase(part.number().value())) return Optional.of(new Reason(Reason.Kind.EXACT, ""));
        if (!number.isEmpty() && (number.equals(own) || number.equals(withLine)))
            return Optional.of(new Reason(Reason.Kind.WITHOUT_DASHES, ""));
        for (Interchange other : row.interchanges()) {
            if (!number.isEmpty() && other.otherNumber().normal().endsWith(number) && number.length() > 4)
                return Optional.of(new Reason(Reason.Kind.INTERCHANGE, other.otherBrand() + " " + other.otherNumber()));
        }
        if (number.length() > 2 && (own.startsWith(number) || withLine.startsWith(number)))
            return Optional.of(new Reason(Reason.Kind.PREFIX, text.strip()));
        String all = fold(String.join(
                " ",
                Stream.concat(
                                Stream.of(part.brand(), part.nameEs(), part.nameEn(), part.category()),
                                row.fitments().stream().map(DeskCatalogue::describe))
                        .toList()));
        List<String> words = Arrays.stream(fold(text).split("\\s+")).toList();
        boolean every = words.stream()
                .allMatch(word -> word.matches("(19|20)\\d\\d")
                        ? row.fitments().stream()
                                .anyMatch(f ->
                                        f.yearFrom() <= Integer.parseInt(word) && Integer.parseInt(word) <= f.yearTo())
                        : all.contains(word));
        if (!every) return Optional.empty();
        String fit = row.fitments().stream()
                .map(DeskCatalogue::describe)
                .filter(d -> words.stream().anyMatch(word -> fold(d).contains(word)))
                .findFirst()
                .orElse(text.strip());
        return Optional.of(new Reason(Reason.Kind.WORD, fit));
    }

    private static String describe(Fitment f) {
        return f.make() + " " + f.model() + " " + f.yearFrom() + "–" + f.yearTo() + " " + f.engine();
    }

    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean fits(Fitment f, PartQuery q) {
        return (q.make().isEmpty() || f.make().equals(q.make()))
                && (q.model().isEmpty() || f.model().equals(q.model()))
                && (q.year() == 0 || f.yearFrom() <= q.year() && q.year() <= f.yearTo())
                && (q.engine().isEmpty() || f.engine().equals(q.engine()));
    }

    @Override
    public VehicleChoices choices(PartQuery chosen) {
        List<Row> fitting = rows.values().stream()
                .filter(row -> !chosen.hasVehicle() || row.fitments().stream().anyMatch(f -> fits(f, chosen)))
                .toList();
        List<Fitment> fits = fitting.stream()
                .flatMap(row -> row.fitments().stream())
                .filter(f -> fits(f, chosen))
                .toList();
        TreeSet<Integer> years = new TreeSet<>(Comparator.reverseOrder());
        for (Fitment f : fits) for (int y = f.yearFrom(); y <= f.yearTo(); y++) years.add(y);
        TreeSet<String> categories = new TreeSet<>();
        fitting.forEach(row -> categories.add(row.part().category()));
        return new VehicleChoices(
                List.copyOf(years),
                distinct(fits, Fitment::make),
                distinct(fits, Fitment::model),
                distinct(fits, Fitment::engine),
                List.copyOf(categories));
    }

    private static List<String> distinct(List<Fitment> fits, Function<Fitment, String> field) {
        return fits.stream().map(field).distinct().sorted().toList();
    }

    @Override
    public Version version() {
        return new Version(418, 418);
    }
}
