package mx.refahub.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.search.snapshot.Snapshots;

/** A small index of made-up parts, for a start that only rehearses: what opening, warming and asking an index needs is the same for three hundred parts and for a million. */
public final class RehearsalIndex {
    private static final int PARTS = 300;
    private static final int KEPT = 3;
    private static final List<String> NAMES = List.of("Balata delantera", "Filtro de aceite", "Bujía de iridio");

    private RehearsalIndex() {}

    /** @param directory as {@code refahub.search.directory}; nothing lies there yet */
    public static void lay(Path directory) throws IOException {
        try (Snapshots snapshots = new Snapshots(directory, KEPT);
                LuceneSearch search = LuceneSearch.start(snapshots, Duration.ofSeconds(2), List.of())) {
            PartIndex index = new LuceneIndex(snapshots, search, directory.resolve("synonyms.txt"));
            try (PartIndex.Build build = index.rebuild()) {
                for (int i = 0; i < PARTS; i++) build.put(part(i));
                build.publish(1);
            }
        }
    }

    private static IndexedPart part(int i) {
        String number = "RF-" + (10_000 + 7 * i);
        String name = NAMES.get(i % NAMES.size());
        PartNumber other = new PartNumber("X" + (50_000 + i));
        Part part = new Part(
                new PartId(UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8))),
                new LineCode("RF"),
                new PartNumber(number),
                i % 2 == 0 ? "Ensayo" : "Prueba",
                name,
                "Rehearsed part",
                "Frenos/" + name,
                "PZA",
                TaxClass.GENERAL,
                Money.mxn(0),
                "25174201",
                "H87",
                "02",
                List.of());
        return new IndexedPart(
                part,
                List.of(new Interchange(Interchange.Kind.EQUIVALENT, "Otra", other)),
                List.of(new Fitment("Volkswagen", "Jetta", 2010 + i % 8, 2018, "2.5", "Delantera", "")),
                i);
    }
}
