package mx.refahub.batch.catalogue;

import mx.refahub.batch.csv.FileFormat;
import mx.refahub.batch.csv.RunNotes;

/** What only shows when all rows are together: repeated rows and rows that point to no part. One statement per file and rule. */
final class CatalogueChecks {
    private final RunNotes notes;

    CatalogueChecks(RunNotes notes) {
        this.notes = notes;
    }

    /** May be repeated: what it rejects is gone from staging, and a reject is kept once. */
    void check(long run) {
        notes.reject(run, "parts", """
                select line, 'part_number' as field, line_code || ' ' || part_number as value,
                       'la pieza ya está en la línea ' || first_line || ' de este archivo' as reason
                from (
                    select line, line_code, part_number, min(line) over (partition by line_code, part_number) as first_line
                    from staging_part
                    where run = :run
                ) rows
                where line > first_line
                """);
        notes.dropRejected(run, CatalogueFiles.PARTS);
        for (FileFormat format : CatalogueFiles.ALL)
            if (!format.equals(CatalogueFiles.PARTS)) rejectOrphans(run, format);
        rejectRepeated(run, CatalogueFiles.BARCODES, "barcode", "barcode");
        notes.reject(run, "barcodes", """
                select staged.line, 'barcode' as field, staged.barcode as value,
                       'el código ya es de la pieza ' || other.line_code || ' ' || other.part_number as reason
                from staging_barcode staged
                join part_barcode known on known.barcode = staged.barcode
                join part other on other.id = known.part_id
                where staged.run = :run
                and (other.line_code, other.part_number) <> (staged.line_code, staged.part_number)
                """);
        rejectRepeated(
                run,
                CatalogueFiles.INTERCHANGE,
                "line_code, part_number, kind, other_brand, other_number",
                "other_number");
        rejectRepeated(
                run,
                CatalogueFiles.FITMENTS,
                "line_code, part_number, make, model, year_from, year_to, engine, position",
                "model");
        CatalogueFiles.ALL.forEach(format -> notes.dropRejected(run, format));
    }

    private void rejectOrphans(long run, FileFormat format) {
        notes.reject(run, format.file(), """
                select line, 'part_number' as field, line_code || ' ' || part_number as value,
                       'no hay ninguna pieza con esa línea y ese número, ni en el catálogo ni en este archivo de piezas' as reason
                from %s staged
                where run = :run
                and not exists (
                    select 1
                    from part
                    where part.line_code = staged.line_code
                    and part.part_number = staged.part_number
                    and part.removed_at is null)
                and not exists (
                    select 1
                    from staging_part fresh
                    where fresh.run = :run
                    and fresh.line_code = staged.line_code
                    and fresh.part_number = staged.part_number)
                """.formatted(format.staging()));
        notes.dropRejected(run, format);
    }

    private void rejectRepeated(long run, FileFormat format, String key, String field) {
        notes.reject(run, format.file(), """
                select line, '%2$s' as field, %2$s as value, 'repite la línea ' || first_line || ' de este archivo' as reason
                from (
                    select line, %2$s, min(line) over (partition by %3$s) as first_line
                    from %1$s
                    where run = :run
                ) rows
                where line > first_line
                """.formatted(format.staging(), field, key));
        notes.dropRejected(run, format);
    }
}
