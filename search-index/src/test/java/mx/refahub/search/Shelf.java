package mx.refahub.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.search.snapshot.Snapshots;

/** A small catalogue for tests, and the hub's index over it. */
final class Shelf implements AutoCloseable {
    final Snapshots snapshots;
    final LuceneSearch search;
    final LuceneIndex index;

    private static final Path NO_SYNONYMS = Path.of("src", "test", "resources", "no-synonyms.txt");
    /** There is no such file, so that it is those of the program. */
    static final Path SYNONYMS_OF_PROGRAM = Path.of("no", "such", "file");

    Shelf(Path folder) throws IOException {
        this(folder, NO_SYNONYMS);
    }

    Shelf(Path folder, Path synonyms) throws IOException {
        snapshots = new Snapshots(folder, 3);
        search = LuceneSearch.start(snapshots, Duration.ofSeconds(30), List.of(Ranking.By.values()));
        index = new LuceneIndex(snapshots, search, synonyms);
    }

    static Shelf stocked(Path folder) throws IOException {
        Shelf shelf = new Shelf(folder);
        shelf.rebuild(1, sample());
        return shelf;
    }

    @Override
    public void close() throws IOException {
        search.close();
        snapshots.close();
    }

    IndexManifest rebuild(long catalogue, List<IndexedPart> parts) throws IOException {
        try (PartIndex.Build build = index.rebuild()) {
            for (IndexedPart part : parts) build.put(part);
            return build.publish(catalogue);
        }
    }

    IndexManifest update(long catalogue, IndexedPart... parts) throws IOException {
        try (PartIndex.Build build = index.update()) {
            for (IndexedPart part : parts) build.put(part);
            return build.publish(catalogue);
        }
    }

    /** Hits as {@code LINE NUMBER REASON}. */
    List<String> found(PartQuery query) {
        return named(search.find(query));
    }

    List<String> found(String text) {
        return found(PartQuery.text(text, 20));
    }

    static List<String> named(PartHits hits) {
        return hits.hits().stream()
                .map(hit -> NAMES.get(hit.part()) + " " + hit.reason().kind())
                .toList();
    }

    private static final Map<PartId, String> NAMES = new ConcurrentHashMap<>();

    static IndexedPart part(
            String line, String number, String brand, String es, String en, String category, Object... relations) {
        PartId id = new PartId(UUID.nameUUIDFromBytes((line + " " + number).getBytes(StandardCharsets.UTF_8)));
        NAMES.put(id, line + " " + new PartNumber(number));
        List<Interchange> interchanges = new ArrayList<>();
        List<Fitment> fitments = new ArrayList<>();
        for (Object relation : relations) {
            if (relation instanceof Interchange interchange) interchanges.add(interchange);
            if (relation instanceof Fitment fitment) fitments.add(fitment);
        }
        Part part = new Part(
                id,
                new LineCode(line),
                new PartNumber(number),
                brand,
                es,
                en,
                category,
                "PZA",
                TaxClass.GENERAL,
                Money.mxn(0),
                "25174201",
                "H87",
                "02",
                List.of());
        return new IndexedPart(part, interchanges, fitments);
    }

    static Interchange other(Interchange.Kind kind, String brand, String number) {
        return new Interchange(kind, brand, new PartNumber(number));
    }

    static Fitment fits(String make, String model, int from, int to, String engine) {
        return new Fitment(make, model, from, to, engine, "", "");
    }

    /** @param body one or several, with a semicolon between them */
    static Fitment fits(String make, String model, int from, int to, String engine, String body) {
        return new Fitment(make, model, from, to, engine, body, "", "");
    }

    static List<IndexedPart> sample() {
        return List.of(
                part(
                        "FRI",
                        "7974-D1045",
                        "Fritec",
                        "Balata delantera cerámica",
                        "Front ceramic brake pad",
                        "Frenos/Balatas",
                        other(Interchange.Kind.EQUIVALENT, "Brembo", "P85-114"),
                        other(Interchange.Kind.OEM, "VW", "5C0 698 151 A"),
                        other(Interchange.Kind.SUPERSEDES, "Fritec", "7950-D1045"),
                        fits("Volkswagen", "Jetta", 2011, 2018, "2.5")),
                part(
                        "BRE",
                        "P85-114",
                        "Brembo",
                        "Balata delantera",
                        "Front brake pad",
                        "Frenos/Balatas",
                        other(Interchange.Kind.EQUIVALENT, "Fritec", "7974-D1045"),
                        fits("Volkswagen", "Jetta", 2011, 2018, "")),
                part(
                        "WAG",
                        "ZD914",
                        "Wagner",
                        "Balata trasera",
                        "Rear brake pad",
                        "Frenos/Balatas",
                        fits("Volkswagen", "Jetta", 2005, 2010, ""),
                        fits("Volkswagen", "Golf", 2015, 2018, "")),
                part(
                        "NG",
                        "BKR6E-11",
                        "NGK",
                        "Bujía de níquel",
                        "Nickel spark plug",
                        "Motor/Encendido/Bujías",
                        fits("Chevrolet", "Aveo", 2008, 2017, "1.6")),
                part(
                        "GON",
                        "GP-38",
                        "Gonher",
                        "Filtro de aceite",
                        "Oil filter",
                        "Filtros/Aceite",
                        fits("Nissan", "Tsuru", 1992, 2017, "1.6")),
                part("DAI", "GP-38", "DAI", "Goma de escape", "Exhaust rubber", "Escape"),
                part(
                        "BSH",
                        "0 124 976 965",
                        "Bosch",
                        "Alternador 140 A",
                        "Alternator 140 A",
                        "Eléctrico/Alternadores",
                        fits("Volkswagen", "Jetta", 2011, 2018, "2.5")));
    }
}
