package mx.refahub.batch.export;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mx.refahub.batch.intake.CsvOut;
import mx.refahub.batch.run.Workshop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Writes the catalogue by cursors over one snapshot of the database, in a connection of its own. Parts that have left it and the mirrored halves of
 * equivalences are not written: the import makes these itself.
 */
final class ExportCatalogue implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(ExportCatalogue.class);
    private static final int FETCH = 1_000;

    private final Workshop workshop;

    ExportCatalogue(Workshop workshop) {
        this.workshop = workshop;
    }

    /** A file of the import: its columns, and the query that yields them as texts. */
    private record Table(String file, List<String> header, String sql) {}

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        StepExecution step = contribution.getStepExecution();
        long run = Workshop.run(step);
        String format = text(step, CatalogueExport.FORMAT).toLowerCase(Locale.ROOT);
        String only = text(step, CatalogueExport.FILES).toLowerCase(Locale.ROOT);
        List<String> files = only.isEmpty() ? FILES : List.of(only.split(","));
        String line = text(step, CatalogueExport.LINE).toUpperCase(Locale.ROOT);
        Path folder = workshop.folders().making(run);
        long rows = 0;
        try (Connection connection = workshop.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                if (format.equals("xml")) rows = xml(connection, folder, files, line);
                else
                    for (Table table : TABLES)
                        if (files.contains(table.file()))
                            rows += export(connection, folder, table, line, format.equals("xlsx"));
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        }
        contribution.incrementWriteCount(rows);
        workshop.runs()
                .note(
                        run,
                        rows == 0 && !line.isEmpty()
                                ? "No hay nada de la línea «" + line + "»: revisa cómo se escribe y corre de nuevo."
                                : String.format(Locale.ROOT, "Renglones escritos: %,d.", rows));
        LOG.info("catalogue exported run={} format={} rows={}", run, format.isEmpty() ? "csv" : format, rows);
        return RepeatStatus.FINISHED;
    }

    /** PIES holds parts, barcodes and interchange in one. */
    private static long xml(Connection connection, Path folder, List<String> files, String line)
            throws SQLException, IOException {
        long rows = 0;
        boolean fitments = files.contains(FITMENTS.file());
        if (files.size() > (fitments ? 1 : 0)) rows += pies(connection, folder, line);
        if (fitments) rows += aces(connection, folder, line);
        return rows;
    }

    private static String text(StepExecution step, String parameter) {
        String text = step.getJobParameters().getString(parameter);
        return text == null ? "" : text.strip();
    }

    private static long export(Connection connection, Path folder, Table table, String line, boolean workbook)
            throws SQLException, IOException {
        long count = 0;
        try (Sink sink = workbook ? new SheetSink(folder, table.file(), table.header()) : csv(folder, table);
                PreparedStatement select = select(connection, table.sql(), line);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= table.header().size(); i++) cells.add(orEmpty(rows.getString(i)));
                sink.row(cells);
                count++;
            }
        }
        return count;
    }

    private static Sink csv(Path folder, Table table) throws IOException {
        CsvOut out = new CsvOut(folder.resolve(table.file() + ".csv"), table.header());
        return new Sink() {
            @Override
            public void row(List<String> cells) throws IOException {
                out.row(cells.toArray(String[]::new));
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    private static PreparedStatement select(Connection connection, String sql, String line) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setFetchSize(FETCH);
        select.setString(1, line);
        select.setString(2, line);
        return select;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static long pies(Connection connection, Path folder, String line) throws SQLException, IOException {
        long count = 0;
        try (XmlOut xml = new XmlOut(folder.resolve("pies.xml"));
                PreparedStatement select = select(connection, ITEMS, line);
                ResultSet rows = select.executeQuery()) {
            xml.open("PIES", "xmlns", "http://www.autocare.org").open("Header");
            xml.leaf("PIESVersion", "7.2")
                    .leaf("SubmissionType", "FULL")
                    .leaf("LanguageCode", "ES")
                    .leaf("CurrencyCode", "MXN");
            xml.close(1).open("Items");
            while (rows.next()) {
                item(xml, rows);
                count++;
            }
            xml.close(2);
        }
        return count;
    }

    private static void item(XmlOut xml, ResultSet row) throws SQLException, IOException {
        xml.open("Item", "MaintenanceType", "A");
        xml.leaf("PartNumber", row.getString(2))
                .leaf("BrandAAIAID", row.getString(1))
                .leaf("BrandLabel", row.getString(3));
        xml.open("Descriptions");
        xml.leaf(
                "Description",
                row.getString(4),
                "MaintenanceType",
                "A",
                "DescriptionCode",
                "DES",
                "LanguageCode",
                "ES");
        xml.leaf(
                "Description",
                row.getString(5),
                "MaintenanceType",
                "A",
                "DescriptionCode",
                "DES",
                "LanguageCode",
                "EN");
        xml.close(1);
        String price = orEmpty(row.getString(6));
        if (!price.isEmpty())
            xml.open("Prices")
                    .open("Pricing", "MaintenanceType", "A", "PriceType", "RET")
                    .leaf("CurrencyCode", "MXN")
                    .leaf("Price", price, "UOM", "PE")
                    .close(2);
        String[] barcodes = (String[]) row.getArray(7).getArray();
        if (barcodes.length > 0) {
            xml.open("Packages");
            for (int i = 0; i < barcodes.length; i += 2)
                xml.open("Package", "MaintenanceType", "A")
                        .leaf("PackageBarCodeCharacters", barcodes[i])
                        .leaf("PackageUOM", "EA")
                        .leaf("QuantityofEaches", barcodes[i + 1])
                        .close(1);
            xml.close(1);
        }
        String[] components = (String[]) row.getArray(9).getArray();
        if (components.length > 0) {
            xml.open("Kits");
            for (int i = 0; i < components.length; i += 4)
                xml.open("KitComponent", "MaintenanceType", "A")
                        .leaf("KitComponentPartNumber", components[i])
                        .leaf("KitComponentBrand", components[i + 1])
                        .leaf("KitComponentBrandLabel", components[i + 2])
                        .leaf("QuantityInKit", components[i + 3], "UOM", "EA")
                        .close(1);
            xml.close(1);
        }
        String[] others = (String[]) row.getArray(8).getArray();
        if (others.length > 0) {
            xml.open("PartInterchangeInfo");
            for (int i = 0; i < others.length; i += 3)
                xml.open("PartInterchange", "MaintenanceType", "A", "LanguageCode", "ES")
                        .leaf("TypeCode", others[i].substring(0, 1))
                        .leaf("BrandLabel", others[i + 1])
                        .leaf("PartNumber", others[i + 2])
                        .close(1);
            xml.close(1);
        }
        xml.close(1);
    }

    private static long aces(Connection connection, Path folder, String line) throws SQLException, IOException {
        long count = 0;
        try (XmlOut xml = new XmlOut(folder.resolve("aces.xml"));
                PreparedStatement select = select(connection, FITMENTS.sql(), line);
                ResultSet rows = select.executeQuery()) {
            xml.open("ACES", "version", "4.2").open("Header");
            xml.leaf("Company", "RefaHub").leaf("SubmissionType", "FULL").close(1);
            while (rows.next()) {
                count++;
                xml.open("App", "action", "A", "id", Long.toString(count))
                        .open("Years", "from", rows.getString(5), "to", rows.getString(6))
                        .close(1)
                        .leaf("Make", rows.getString(3))
                        .leaf("Model", rows.getString(4))
                        .leaf("BodyType", rows.getString(8))
                        .leaf("EngineBase", rows.getString(7))
                        .leaf("Note", rows.getString(10))
                        .leaf("Qty", "1")
                        .leaf("Position", rows.getString(9))
                        .leaf("Part", rows.getString(2), "BrandAAIAID", rows.getString(1))
                        .close(1);
            }
            xml.open("Footer").leaf("RecordCount", Long.toString(count)).close(2);
        }
        return count;
    }

    private static final Table PARTS = new Table(
            "parts",
            List.of(
                    "line_code",
                    "part_number",
                    "brand",
                    "name_es",
                    "name_en",
                    "category",
                    "unit",
                    "list_price",
                    "price_includes_tax",
                    "currency",
                    "tax_class",
                    "core_amount",
                    "sat_code",
                    "sat_unit",
                    "tax_object"),
            """
            select p.line_code, p.part_number, p.brand, p.name_es, p.name_en, p.category, p.unit, round(r.amount / 100.0, 2)::text,
                case when r.includes_tax then 'true' else 'false' end, coalesce(r.currency, 'MXN'), lower(p.tax_class),
                round(p.core / 100.0, 2)::text, p.sat_code, p.sat_unit, p.tax_object
            from part p
            left join part_price r on r.part_id = p.id
            where p.removed_at is null
            and (? = '' or p.line_code = ?)
            order by p.line_code, p.part_number
            """);

    private static final Table BARCODES =
            new Table("barcodes", List.of("line_code", "part_number", "barcode", "pack_quantity"), """
            select p.line_code, p.part_number, b.barcode, trim_scale(b.pack / 1000.0)::text
            from part_barcode b
            join part p on p.id = b.part_id
            where p.removed_at is null
            and (? = '' or p.line_code = ?)
            order by p.line_code, p.part_number, b.barcode
            """);

    private static final Table INTERCHANGE =
            new Table("interchange", List.of("line_code", "part_number", "kind", "other_brand", "other_number"), """
            select p.line_code, p.part_number, lower(i.kind), i.other_brand, i.other_number
            from part_interchange i
            join part p on p.id = i.part_id
            where p.removed_at is null
            and not i.mirrored
            and (? = '' or p.line_code = ?)
            order by p.line_code, p.part_number, i.kind, i.other_brand, i.other_number
            """);

    private static final Table FITMENTS = new Table(
            "fitments",
            List.of(
                    "line_code",
                    "part_number",
                    "make",
                    "model",
                    "year_from",
                    "year_to",
                    "engine",
                    "body",
                    "position",
                    "notes"),
            """
            select p.line_code, p.part_number, f.make, f.model, f.year_from::text, f.year_to::text, f.engine, f.body, f.position, f.notes
            from fitment f
            join part p on p.id = f.part_id
            where p.removed_at is null
            and (? = '' or p.line_code = ?)
            order by p.line_code, p.part_number, f.make, f.model, f.year_from, f.year_to, f.engine, f.position
            """);

    private static final Table RELATIONS = new Table(
            "relations",
            List.of(
                    "kind",
                    "line_code",
                    "part_number",
                    "related_line_code",
                    "related_part_number",
                    "grade",
                    "quantity",
                    "position",
                    "note"),
            """
            select lower(r.kind), p.line_code, p.part_number, o.line_code, o.part_number, lower(r.grade),
                trim_scale(r.quantity / 1000.0)::text, r.position, r.note
            from part_relation r
            join part p on p.id = r.part_id
            join part o on o.id = r.related_id
            where p.removed_at is null
            and o.removed_at is null
            and (? = '' or p.line_code = ?)
            order by p.line_code, p.part_number, r.kind, o.line_code, o.part_number
            """);

    private static final List<Table> TABLES = List.of(PARTS, BARCODES, INTERCHANGE, FITMENTS, RELATIONS);
    static final List<String> FILES = TABLES.stream().map(Table::file).toList();

    private static final String ITEMS = """
        select p.line_code, p.part_number, p.brand, p.name_es, p.name_en, round(r.amount / 100.0, 2)::text,
            array(
                select t
                from part_barcode b
                cross join lateral unnest(array[b.barcode, trim_scale(b.pack / 1000.0)::text]) with ordinality as u (t, n)
                where b.part_id = p.id
                order by b.barcode, n),
            array(
                select t
                from part_interchange i
                cross join lateral unnest(array[i.kind, i.other_brand, i.other_number]) with ordinality as u (t, n)
                where i.part_id = p.id
                and not i.mirrored
                order by i.kind, i.other_brand, i.other_number, n),
            array(
                select t
                from part_relation k
                join part o on o.id = k.related_id
                cross join lateral unnest(array[o.part_number, o.line_code, o.brand, trim_scale(k.quantity / 1000.0)::text])
                    with ordinality as u (t, n)
                where k.part_id = p.id
                and k.kind = 'COMPONENT'
                and o.removed_at is null
                order by o.line_code, o.part_number, n)
        from part p
        left join part_price r on r.part_id = p.id
        where p.removed_at is null
        and (? = '' or p.line_code = ?)
        order by p.line_code, p.part_number
        """;
}
