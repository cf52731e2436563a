package mx.refahub.search;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * A part as an index document: only what finding, ordering and explaining need. Names, prices and stock are joined elsewhere. One for each build, for
 * it remembers the terms of names and vehicles that come again.
 */
final class PartDocuments {
    static final int SHORTEST_HEAD = 3;
    static final int LONGEST_HEAD = 5;
    private static final int MAX_TERM_LENGTH = 500;
    private static final char REPLACED = 'r';
    private static final char EQUAL = 'e';

    private static final int MANY = 20_000;

    /** Fields, and not only terms: a field that says the same may stand in any number of documents. */
    private final Remembered<Names, List<Field>> names = new Remembered<>(MANY, Names::fields);

    private final Remembered<String, List<Field>> abouts = new Remembered<>(MANY, PartDocuments::about);
    private final Remembered<BrandAndLine, List<Field>> brands = new Remembered<>(MANY, BrandAndLine::fields);
    private final Remembered<String, String> clean = new Remembered<>(MANY, Text::clean);
    private final Remembered<String, Set<String>> headsOfCategory =
            new Remembered<>(MANY, PartDocuments::headsOfCategory);
    private final Remembered<Model, ModelTerms> models = new Remembered<>(MANY, ModelTerms::of);

    static Term key(PartId id) {
        return new Term(Fields.ID, bytes(id));
    }

    private static BytesRef bytes(PartId id) {
        return new BytesRef(ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array());
    }

    static PartId id(BytesRef bytes) {
        ByteBuffer halves = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
        return new PartId(new UUID(halves.getLong(), halves.getLong()));
    }

    Document of(IndexedPart indexed) {
        Part part = indexed.part();
        Document document = new Document();
        document.add(new StringField(Fields.ID, bytes(part.id()), Field.Store.NO));
        document.add(new BinaryDocValuesField(Fields.ID, bytes(part.id())));
        document.add(new SortedDocValuesField(
                Fields.LINE_ORDER, new BytesRef(part.lineCode().value())));
        document.add(new SortedDocValuesField(
                Fields.NUMBER_ORDER, new BytesRef(part.number().value())));
        if (indexed.popularity() != 0) document.add(new NumericDocValuesField(Fields.POPULARITY, indexed.popularity()));
        if (indexed.margin() != 0) document.add(new NumericDocValuesField(Fields.MARGIN, indexed.margin()));
        numbers(document, part);
        interchanges(document, indexed.interchanges());
        words(document, part, indexed.fitments());
        vehicles(document, indexed.fitments());
        category(document, part.category());
        brand(document, part.brand());
        positions(document, indexed.fitments());
        return document;
    }

    private static void numbers(Document document, Part part) {
        String line = part.lineCode().value();
        String number = Text.printed(part.number().value());
        terms(document, Fields.PRINTED, Set.of(number, line + number, line + ' ' + number));
        String normal = part.number().normal();
        if (normal.isEmpty()) return;
        String lined = PartNumber.normal(line) + normal;
        Set<String> numbers = new LinkedHashSet<>(List.of(normal, lined));
        numbers.add(branded(part.brand(), normal));
        terms(document, Fields.NUMBER, numbers);
        Set<String> heads = new LinkedHashSet<>();
        for (int length = SHORTEST_HEAD; length <= LONGEST_HEAD; length++) {
            head(normal, length, heads);
            // The line code alone is no beginning of a number; and 'NGK' is the brand, not line NG and a K.
            if (length > line.codePointCount(0, line.length()) + 1) head(lined, length, heads);
        }
        terms(document, Fields.HEAD, heads);
    }

    /** Letters and digits of the brand, then the number's. */
    static String branded(String brand, String normal) {
        return cut(PartNumber.normal(brand) + normal);
    }

    private static void head(String number, int length, Set<String> heads) {
        if (number.codePointCount(0, number.length()) >= length)
            heads.add(number.substring(0, number.offsetByCodePoints(0, length)));
    }

    private void interchanges(Document document, List<Interchange> interchanges) {
        Set<String> equal = new LinkedHashSet<>();
        Set<String> replaced = new LinkedHashSet<>();
        for (Interchange each : interchanges) {
            boolean old = each.kind() == Interchange.Kind.SUPERSEDES;
            String normal = each.otherNumber().normal();
            if (normal.isEmpty()) continue;
            Set<String> numbers = old ? replaced : equal;
            numbers.add(normal);
            numbers.add(branded(each.otherBrand(), normal));
            document.add(new StoredField(
                    Fields.RELATED,
                    (old ? REPLACED : EQUAL)
                            + (clean.of(each.otherBrand())
                                            + ' '
                                            + each.otherNumber().value())
                                    .strip()));
        }
        terms(document, Fields.INTERCHANGE, equal);
        terms(document, Fields.REPLACES, replaced);
    }

    /** The printed brand and number of the stored interchange that was typed, or empty. */
    static String related(String[] stored, boolean replaced, String normal) {
        for (String each : stored) {
            String printed = each.substring(1);
            if ((each.charAt(0) == REPLACED) == replaced
                    && PartNumber.normal(printed).endsWith(normal)) return printed;
        }
        return "";
    }

    private void words(Document document, Part part, List<Fitment> fitments) {
        Set<String> positions = new LinkedHashSet<>();
        Set<String> notes = new LinkedHashSet<>();
        for (Fitment fitment : fitments) {
            positions.add(fitment.position());
            notes.add(fitment.notes());
        }
        String category = part.category() + ' ' + String.join(" ", positions);
        String about = category + ' ' + String.join(" ", notes);
        add(document, names.of(new Names(part.nameEs(), part.nameEn(), category)));
        add(document, abouts.of(about));
        add(document, brands.of(new BrandAndLine(part.brand(), part.lineCode().value())));
    }

    private record Names(String es, String en, String category) {
        List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            terms(fields, Fields.NAME_ES, Text.spanish(es));
            terms(fields, Fields.NAME_EN, Text.english(en));
            terms(fields, Fields.LEAD_ES, Text.leadSpanish(es));
            terms(fields, Fields.LEAD_EN, Text.leadEnglish(en));
            Set<String> plain = Text.plainAndJoined(es);
            plain.addAll(Text.plainAndJoined(en));
            plain.addAll(Text.plain(category));
            terms(fields, Fields.PLAIN, plain);
            return fields;
        }
    }

    private static List<Field> about(String about) {
        List<Field> fields = new ArrayList<>();
        terms(fields, Fields.ABOUT_ES, Text.spanish(about));
        terms(fields, Fields.ABOUT_EN, Text.english(about));
        return fields;
    }

    private record BrandAndLine(String brand, String line) {
        List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            Set<String> words = Text.plainAndJoined(brand);
            words.addAll(Text.plain(line));
            terms(fields, Fields.BRAND, words);
            return fields;
        }
    }

    private static void add(Document document, List<Field> fields) {
        for (Field field : fields) document.add(field);
    }

    private record Model(String make, String model, String engine, String body) {}

    /** The terms of all fitments to a model with an engine and a body, but for their years. */
    private record ModelTerms(
            Vehicle vehicle,
            String make,
            String model,
            Set<String> modelWords,
            Set<String> engineWords,
            Set<String> bodyTerms) {
        static ModelTerms of(Model named) {
            Vehicle vehicle = Vehicle.of(new Fitment(
                    named.make, named.model, Fitment.FIRST_YEAR, Fitment.FIRST_YEAR, named.engine, named.body, "", ""));
            return new ModelTerms(
                    vehicle,
                    Text.key(vehicle.make()),
                    Vehicle.modelTerm(vehicle.make(), vehicle.model()),
                    VehicleTable.modelWords(vehicle.make(), vehicle.model()),
                    VehicleTable.engineWords(vehicle.engine()),
                    Bodies.terms(vehicle.body()));
        }

        String term(Fitment fitment) {
            return new Vehicle(
                            vehicle.make(),
                            vehicle.model(),
                            vehicle.engine(),
                            vehicle.body(),
                            fitment.yearFrom(),
                            fitment.yearTo())
                    .term();
        }
    }

    private void vehicles(Document document, List<Fitment> fitments) {
        Set<String> fits = new LinkedHashSet<>();
        Set<String> makes = new LinkedHashSet<>();
        Set<String> modelNames = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        BitSet years = new BitSet(Fitment.LAST_YEAR + 1);
        for (Fitment fitment : fitments) {
            ModelTerms terms = models.of(new Model(fitment.make(), fitment.model(), fitment.engine(), fitment.body()));
            if (!fits.add(terms.term(fitment))) continue;
            years.set(fitment.yearFrom(), fitment.yearTo() + 1);
            makes.add(terms.make);
            if (modelNames.add(terms.model)) words.addAll(terms.modelWords);
            words.addAll(terms.engineWords);
            words.addAll(terms.bodyTerms);
        }
        for (String term : fits) {
            BytesRef bytes = new BytesRef(term);
            document.add(new StringField(Fields.FITS, bytes, Field.Store.NO));
            document.add(new SortedSetDocValuesField(Fields.FITS, bytes));
        }
        terms(document, Fields.MAKE, makes);
        terms(document, Fields.MODEL, modelNames);
        terms(document, Fields.VEHICLE, words);
        years.stream()
                .forEach(year -> document.add(new StringField(Fields.YEAR, Integer.toString(year), Field.Store.NO)));
    }

    private void category(Document document, String category) {
        String name = cut(clean.of(category));
        if (name.isEmpty()) return;
        document.add(new SortedDocValuesField(Fields.CATEGORY_NAME, new BytesRef(name)));
        terms(document, Fields.CATEGORY, headsOfCategory.of(name));
    }

    private static Set<String> headsOfCategory(String name) {
        Set<String> heads = new LinkedHashSet<>();
        StringBuilder head = new StringBuilder();
        for (String step : categorySteps(name)) {
            head.append(head.isEmpty() ? "" : "/").append(step);
            heads.add(head.toString());
        }
        return heads;
    }

    private static void brand(Document document, String brand) {
        String name = cut(Text.clean(brand));
        if (name.isEmpty()) return;
        document.add(new SortedDocValuesField(Fields.BRAND_NAME, new BytesRef(name)));
        terms(document, Fields.BRAND_NAME, Set.of(nameKey(name)));
    }

    private static void positions(Document document, List<Fitment> fitments) {
        Set<String> names = new TreeSet<>();
        for (Fitment fitment : fitments) names.add(cut(Text.clean(fitment.position())));
        names.remove("");
        Set<String> keys = new TreeSet<>();
        for (String name : names) {
            document.add(new SortedSetDocValuesField(Fields.POSITION, new BytesRef(name)));
            keys.add(nameKey(name));
        }
        terms(document, Fields.POSITION, keys);
    }

    /** By which a brand or a position is chosen, however it was spaced and cased. */
    static String nameKey(String name) {
        return Text.key(cut(Text.clean(name)));
    }

    /** The folded path, however it was spaced and cased. */
    static String categoryKey(String category) {
        return String.join("/", categorySteps(cut(Text.clean(category))));
    }

    private static List<String> categorySteps(String category) {
        return Stream.of(Text.key(category).split("/"))
                .map(String::strip)
                .filter(step -> !step.isEmpty())
                .toList();
    }

    private static void terms(Document document, String field, Set<String> terms) {
        for (String term : terms) if (!term.isEmpty()) document.add(new StringField(field, term, Field.Store.NO));
    }

    private static void terms(List<Field> fields, String field, Set<String> terms) {
        for (String term : terms)
            if (!term.isEmpty()) fields.add(new StringField(field, new BytesRef(term), Field.Store.NO));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TERM_LENGTH ? text : text.substring(0, MAX_TERM_LENGTH);
    }
}
