package mx.refahub.batch.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.SupplierMappings;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Suppliers' words for our columns, in the database. */
public final class MappingTable implements SupplierMappings {
    private final Map<String, RowFormat> formats = new LinkedHashMap<>();
    private final JdbcClient jdbc;
    private final TransactionTemplate together;

    /** @param formats the kinds of file whose columns may be mapped */
    public MappingTable(DataSource dataSource, PlatformTransactionManager transactions, List<RowFormat> formats) {
        jdbc = JdbcClient.create(dataSource);
        together = new TransactionTemplate(transactions);
        for (RowFormat format : formats) this.formats.put(format.file(), format);
    }

    private record Mapped(String supplier, Column column) {}

    private List<Mapped> rows(@Nullable String supplier) {
        return jdbc.sql("""
                select supplier, file, ours, theirs, fixed
                from supplier_mapping
                where (cast(:supplier as text) is null or lower(supplier) = lower(:supplier))
                order by supplier, file, ours
                """)
                .param("supplier", supplier)
                .query((row, n) -> new Mapped(
                        row.getString(1),
                        new Column(row.getString(2), row.getString(3), row.getString(4), row.getString(5))))
                .list();
    }

    private static List<Mapping> mappings(List<Mapped> rows) {
        Map<String, List<Column>> bySupplier = new LinkedHashMap<>();
        for (Mapped row : rows)
            bySupplier
                    .computeIfAbsent(row.supplier(), name -> new ArrayList<>())
                    .add(row.column());
        List<Mapping> mappings = new ArrayList<>();
        bySupplier.forEach((supplier, columns) -> mappings.add(new Mapping(supplier, columns)));
        return mappings;
    }

    @Override
    public List<Mapping> all() {
        return mappings(rows(null));
    }

    @Override
    public Optional<Mapping> find(String supplier) {
        return mappings(rows(supplier.strip())).stream().findFirst();
    }

    @Override
    public Outcome<Mapping> save(Mapping mapping) {
        for (Column column : mapping.columns()) {
            RowFormat format = formats.get(column.file());
            if (format == null
                    || format.columns().stream().noneMatch(c -> c.name().equals(column.ours())))
                return Outcome.refused("mapping-column-unknown", column.file(), column.ours());
        }
        together.executeWithoutResult(status -> {
            remove(mapping.supplier());
            for (Column column : mapping.columns())
                jdbc.sql("""
                        insert into supplier_mapping (supplier, file, ours, theirs, fixed)
                        values (:supplier, :file, :ours, :theirs, :fixed)
                        """)
                        .param("supplier", mapping.supplier())
                        .param("file", column.file())
                        .param("ours", column.ours())
                        .param("theirs", column.theirs())
                        .param("fixed", column.fixed())
                        .update();
        });
        return Outcome.done(mapping);
    }

    private int remove(String supplier) {
        return jdbc.sql("""
                delete from supplier_mapping
                where lower(supplier) = lower(:supplier)
                """).param("supplier", supplier).update();
    }

    @Override
    public Outcome<Mapping> delete(String supplier) {
        Optional<Mapping> known = find(supplier);
        if (known.isEmpty()) return Outcome.refused("mapping-unknown", supplier);
        remove(known.get().supplier());
        return Outcome.done(known.get());
    }

    @Override
    public Outcome<Suggestion> suggest(String file, Path content) {
        RowFormat format = formats.get(file);
        if (format == null) return Outcome.refused("mapping-file-unknown", file);
        return look(file, content).fold(look -> Outcome.done(suggestion(format, look)), Outcome.Refused::new);
    }

    @Override
    public Outcome<Suggestion> recognise(Path content) {
        try {
            Optional<String> standard = StandardKind.of(content);
            if (standard.isPresent())
                return Outcome.done(
                        new Suggestion(standard.get(), List.of(), List.of(), List.of(), List.of(), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException("kind of a file", e);
        }
        return look("", content).fold(look -> Outcome.done(likest(look)), Outcome.Refused::new);
    }

    /** The format most of whose required columns are there or can be guessed; a part of many counts for less than all of a few. */
    private Suggestion likest(FirstRows look) {
        if (look.header().contains("base_vehicle_id"))
            return new Suggestion("vehicles", look.header(), look.rows(), List.of(), List.of(), List.of());
        Suggestion best = new Suggestion("", look.header(), look.rows(), List.of(), List.of(), List.of());
        double most = 0.5;
        for (RowFormat format : formats.values()) {
            Suggestion as = suggestion(format, look);
            long required = format.columns().stream()
                    .filter(mx.refahub.batch.intake.Column::required)
                    .count();
            long own = format.columns().stream()
                    .filter(column -> look.header().contains(column.name()))
                    .count();
            long found = required - as.missing().size();
            double likeness =
                    (double) (found * found) / required + (own + as.columns().size()) * 0.02;
            if (likeness > most) {
                most = likeness;
                best = as;
            }
        }
        return best;
    }

    private static Outcome<FirstRows> look(String file, Path content) {
        try {
            return Outcome.done(FirstRows.of(file.isEmpty() ? "archivo" : file, content));
        } catch (RunRefused e) {
            return Outcome.refused("mapping-file-unreadable", e.sentence());
        } catch (IOException e) {
            throw new UncheckedIOException("header of " + file, e);
        }
    }

    private Suggestion suggestion(RowFormat format, FirstRows look) {
        String file = format.file();
        List<String> header = look.header();
        List<String> free = new ArrayList<>(header);
        for (mx.refahub.batch.intake.Column column : format.columns()) free.remove(column.name());
        List<Column> guessed = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (mx.refahub.batch.intake.Column column : format.columns()) {
            if (header.contains(column.name())) continue;
            Optional<String> theirs = guess(file, column.name(), free);
            theirs.ifPresent(name -> {
                free.remove(name);
                guessed.add(new Column(file, column.name(), name, null));
            });
            if (theirs.isEmpty() && column.required()) missing.add(column.name());
        }
        return new Suggestion(
                file,
                header,
                look.rows(),
                format.columns().stream()
                        .map(column -> new Ours(column.name(), column.required()))
                        .toList(),
                guessed,
                missing);
    }

    /** What some supplier calls so already, then what is usual: the whole name before a part of it. */
    private Optional<String> guess(String file, String ours, List<String> free) {
        for (Mapped known : rows(null)) {
            String theirs = known.column().theirs();
            if (theirs != null
                    && known.column().file().equals(file)
                    && known.column().ours().equals(ours)
                    && free.contains(theirs)) return Optional.of(theirs);
        }
        List<String> usual = USUAL.getOrDefault(ours, List.of());
        for (String word : usual) for (String name : free) if (plain(name).equals(word)) return Optional.of(name);
        for (String word : usual)
            if (word.length() > 4)
                for (String name : free)
                    if (plain(name).startsWith(word)
                            && !PRODUCT_LINE.matcher(plain(name)).lookingAt()) return Optional.of(name);
        return Optional.empty();
    }

    /** {@code No. de Parte} is {@code nodeparte}. */
    private static String plain(String name) {
        return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("[^a-z0-9]", "");
    }

    /** What a supplier calls so is a family of articles and no code of a brand: a person says what it is. */
    private static final Pattern PRODUCT_LINE = Pattern.compile("lineas?(?:de)?(?:producto|negocio|articulo)");

    private static final Map<String, List<String>> USUAL = Map.ofEntries(
            Map.entry("line_code", List.of("linea", "codigolinea", "codlinea", "line", "linecode")),
            Map.entry(
                    "part_number",
                    List.of(
                            "numerodeparte",
                            "numeroparte",
                            "nodeparte",
                            "noparte",
                            "numparte",
                            "nparte",
                            "partnumber",
                            "partno",
                            "sku",
                            "clave",
                            "codigo",
                            "articulo",
                            "referencia",
                            "modeloproducto",
                            "producto")),
            Map.entry("brand", List.of("marca", "fabricante", "brand", "manufacturer")),
            Map.entry("name_es", List.of("descripcion", "nombre", "descripcioncorta", "description", "nombreproducto")),
            Map.entry("name_en", List.of("descripcioningles", "english", "descriptionen", "nombreingles")),
            Map.entry("category", List.of("categoria", "familia", "grupo", "category", "sublinea")),
            Map.entry("unit", List.of("unidad", "um", "unidaddemedida", "unidadmedida", "uom", "unit")),
            Map.entry(
                    "list_price",
                    List.of(
                            "preciolista",
                            "preciodelista",
                            "preciopublico",
                            "precioalpublico",
                            "pvp",
                            "precio",
                            "listprice",
                            "price",
                            "preciosiniva",
                            "precioconiva")),
            Map.entry("price_includes_tax", List.of("ivaincluido", "incluyeiva", "coniva")),
            Map.entry("currency", List.of("moneda", "divisa", "currency")),
            Map.entry("tax_class", List.of("impuesto", "claseimpuesto", "iva")),
            Map.entry("core_amount", List.of("casco", "core", "depositocasco", "importecasco")),
            Map.entry("sat_code", List.of("clavesat", "claveprodserv", "codigosat", "claveproductosat", "sat")),
            Map.entry("sat_unit", List.of("unidadsat", "claveunidad", "claveunidadsat")),
            Map.entry("tax_object", List.of("objetoimpuesto", "objetoimp", "objetodeimpuesto")),
            Map.entry(
                    "barcode",
                    List.of("codigodebarras", "codigobarras", "codbarras", "ean", "ean13", "upc", "gtin", "barcode")),
            Map.entry("pack_quantity", List.of("piezasporempaque", "empaque", "cantidadempaque", "piezas", "pack")),
            Map.entry("kind", List.of("tipo", "type", "clase")),
            Map.entry("other_brand", List.of("marcaequivalente", "otramarca", "marcacruce", "marcacompetencia")),
            Map.entry(
                    "other_number",
                    List.of(
                            "equivalencia",
                            "numeroequivalente",
                            "intercambio",
                            "cruce",
                            "numerooem",
                            "oem",
                            "numerooriginal")),
            Map.entry("related_line_code", List.of("linearelacionada", "otralinea", "lineacomponente")),
            Map.entry(
                    "related_part_number",
                    List.of("numerorelacionado", "parterelacionada", "componente", "accesorio", "alternativa")),
            Map.entry("grade", List.of("grado", "calidad", "grade")),
            Map.entry("note", List.of("nota", "observacion", "note")),
            Map.entry("make", List.of("armadora", "marcavehiculo", "marcaauto", "make", "marca")),
            Map.entry("model", List.of("modelo", "modelovehiculo", "vehiculo", "auto", "model")),
            Map.entry(
                    "year_from",
                    List.of(
                            "anoinicial",
                            "aniodesde",
                            "anodesde",
                            "anoinicio",
                            "desde",
                            "del",
                            "yearfrom",
                            "anioinicial")),
            Map.entry(
                    "year_to",
                    List.of("anofinal", "aniohasta", "anohasta", "anofin", "hasta", "al", "yearto", "aniofinal")),
            Map.entry("engine", List.of("motor", "litros", "cilindrada", "engine")),
            Map.entry("body", List.of("carroceria", "tipocarroceria", "cabina", "bodytype", "body")),
            Map.entry("position", List.of("posicion", "ubicacion", "lado", "position")),
            Map.entry("notes", List.of("notas", "observaciones", "comentarios", "notes")),
            Map.entry("store_code", List.of("sucursal", "tienda", "almacen", "store")),
            Map.entry("quantity", List.of("existencia", "existencias", "cantidad", "stock", "qty")),
            Map.entry("bin", List.of("anaquel", "localizacion", "ubicacion", "rack")),
            Map.entry("minimum", List.of("minimo", "min")),
            Map.entry("maximum", List.of("maximo", "max")));
}
