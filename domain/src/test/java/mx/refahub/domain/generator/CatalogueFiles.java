package mx.refahub.domain.generator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.search.IndexedPart;

/** A generated catalogue as the files that the import takes (docs/formats.md), written a part at a time. */
public final class CatalogueFiles {
    private CatalogueFiles() {}

    /**
     * @param parts in bytes, as the others
     */
    public record Written(long parts, long interchange, long fitments) {
        public long bytes() {
            return parts + interchange + fitments;
        }
    }

    /** Writes {@code parts.csv}, {@code interchange.csv} and {@code fitments.csv} into the folder. */
    public static Written write(GeneratedCatalogue catalogue, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path partsFile = folder.resolve("parts.csv");
        Path interchangeFile = folder.resolve("interchange.csv");
        Path fitmentsFile = folder.resolve("fitments.csv");
        try (BufferedWriter parts = Files.newBufferedWriter(partsFile);
                BufferedWriter interchange = Files.newBufferedWriter(interchangeFile);
                BufferedWriter fitments = Files.newBufferedWriter(fitmentsFile)) {
            parts.write("line_code,part_number,brand,name_es,name_en,category,unit,list_price,price_includes_tax,"
                    + "currency,tax_class,core_amount,sat_code,sat_unit,tax_object\n");
            interchange.write("line_code,part_number,kind,other_brand,other_number\n");
            fitments.write("line_code,part_number,make,model,year_from,year_to,engine,position,notes\n");
            for (int i = 0; i < catalogue.size(); i++) {
                IndexedPart each = catalogue.part(i);
                Part part = each.part();
                String line = part.lineCode().value();
                String number = part.number().value();
                row(
                        parts,
                        line,
                        number,
                        part.brand(),
                        part.nameEs(),
                        part.nameEn(),
                        part.category(),
                        part.unit(),
                        pesos(catalogue.listPrice(i)),
                        "true",
                        "MXN",
                        "general",
                        part.core().isZero() ? "" : "500.00",
                        part.satCode(),
                        part.satUnit(),
                        part.taxObject());
                for (Interchange other : each.interchanges())
                    row(
                            interchange,
                            line,
                            number,
                            other.kind().name().toLowerCase(Locale.ROOT),
                            other.otherBrand(),
                            other.otherNumber().value());
                for (Fitment fitment : each.fitments())
                    row(
                            fitments,
                            line,
                            number,
                            fitment.make(),
                            fitment.model(),
                            Integer.toString(fitment.yearFrom()),
                            Integer.toString(fitment.yearTo()),
                            fitment.engine(),
                            fitment.position(),
                            fitment.notes());
            }
        }
        return new Written(Files.size(partsFile), Files.size(interchangeFile), Files.size(fitmentsFile));
    }

    private static String pesos(long centavos) {
        return centavos / 100 + "." + (centavos % 100 < 10 ? "0" : "") + centavos % 100;
    }

    private static void row(BufferedWriter out, String... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) out.write(',');
            String cell = cells[i];
            boolean quoted = cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0;
            out.write(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.write('\n');
    }

    /** {@code CatalogueFiles FOLDER PARTS [SEED]}. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        if (arguments.length < 2) {
            out.println("usage: CatalogueFiles FOLDER PARTS [SEED]");
            return;
        }
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        Written written = write(new GeneratedCatalogue(seed, Integer.parseInt(arguments[1])), Path.of(arguments[0]));
        out.printf(Locale.ROOT, "%,d parts, %,d bytes%n", Integer.parseInt(arguments[1]), written.bytes());
    }
}
