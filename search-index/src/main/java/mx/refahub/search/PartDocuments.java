package mx.refahub.search;

import java.nio.ByteBuffer;
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

/** A part as an index document: only what finding, ordering and explaining need. Names, prices and stock are joined elsewhere. */
final class PartDocuments {
    static final int SHORTEST_HEAD = 3;
    static final int LONGEST_HEAD = 5;
    private static final int MAX_TERM_LENGTH = 500;
    private static final char REPLACED = 'r';
    private static final char EQUAL = 'e';

    private PartDocuments() {}

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

    static Document of(IndexedPart indexed) {
        Part part = indexed.part();
        Document document = new Document();
        document.add(new StringField(Fields.ID, bytes(part.id()), Field.Store.NO));
        document.add(new BinaryDocValuesField(Fields.ID, bytes(part.id())));
        document.add(new SortedDocValuesField(
                Fields.LINE_ORDER, new BytesRef(part.lineCode().value())));
        document.add(new SortedDocValuesField(
                Fields.NUMBER_ORDER, new BytesRef(part.number().value())));
        if (indexed.popularity() != 0) document.add(new NumericDocValuesField(Fields.POPULARITY, indexed.popularity()));
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
        numbers.add(cut(PartNumber.normal(part.brand()) + normal));
        terms(document, Fields.NUMBER, numbers);
        Set<String> heads = new LinkedHashSet<>();
        for (int length = SHORTEST_HEAD; length <= LONGEST_HEAD; length++) {
            head(normal, length, heads);
            // The line code alone is no beginning of a number; and 'NGK' is the brand, not line NG and a K.
            if (length > line.codePointCount(0, line.length()) + 1) head(lined, length, heads);
        }
        terms(document, Fields.HEAD, heads);
    }

    private static void head(String number, int length, Set<String> heads) {
        if (number.codePointCount(0, number.length()) >= length)
            heads.add(number.substring(0, number.offsetByCodePoints(0, length)));
    }

    private static void interchanges(Document document, List<Interchange> interchanges) {
        Set<String> equal = new LinkedHashSet<>();
        Set<String> replaced = new LinkedHashSet<>();
        for (Interchange each : interchanges) {
            boolean old = each.kind() == Interchange.Kind.SUPERSEDES;
            String normal = each.otherNumber().normal();
            if (normal.isEmpty()) continue;
            Set<String> numbers = old ? replaced : equal;
            numbers.add(normal);
            numbers.add(cut(PartNumber.normal(each.otherBrand()) + normal));
            document.add(new StoredField(
                    Fields.RELATED,
                    (old ? REPLACED : EQUAL)
                            + (Text.clean(each.otherBrand())
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

    private static void words(Document document, Part part, List<Fitment> fitments) {
        Set<String> positions = new LinkedHashSet<>();
        Set<String> notes = new LinkedHashSet<>();
        for (Fitment fitment : fitments) {
            positions.add(fitment.position());
            notes.add(fitment.notes());
        }
        String category = part.category() + ' ' + String.join(" ", positions);
        String about = category + ' ' + String.join(" ", notes);
        terms(document, Fields.NAME_ES, Text.spanish(part.nameEs()));
        terms(document, Fields.NAME_EN, Text.english(part.nameEn()));
        terms(document, Fields.LEAD_ES, Text.leadSpanish(part.nameEs()));
        terms(document, Fields.LEAD_EN, Text.leadEnglish(part.nameEn()));
        terms(document, Fields.ABOUT_ES, Text.spanish(about));
        terms(document, Fields.ABOUT_EN, Text.english(about));
        Set<String> plain = Text.plainAndJoined(part.nameEs());
        plain.addAll(Text.plainAndJoined(part.nameEn()));
        plain.addAll(Text.plain(category));
        terms(document, Fields.PLAIN, plain);
        Set<String> brand = Text.plainAndJoined(part.brand());
        brand.addAll(Text.plain(part.lineCode().value()));
        terms(document, Fields.BRAND, brand);
    }

    private static void vehicles(Document document, List<Fitment> fitments) {
        Set<String> fits = new LinkedHashSet<>();
        Set<String> makes = new LinkedHashSet<>();
        Set<String> models = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        Set<Integer> years = new TreeSet<>();
        for (Fitment fitment : fitments) {
            Vehicle vehicle = Vehicle.of(fitment);
            if (!fits.add(vehicle.term())) continue;
            for (int year = vehicle.from(); year <= vehicle.to(); year++) years.add(year);
            makes.add(Text.key(vehicle.make()));
            if (models.add(Vehicle.modelTerm(vehicle.make(), vehicle.model())))
                words.addAll(VehicleTable.modelWords(vehicle.make(), vehicle.model()));
            words.addAll(VehicleTable.engineWords(vehicle.engine()));
        }
        for (String term : fits) {
            BytesRef bytes = new BytesRef(term);
            document.add(new StringField(Fields.FITS, bytes, Field.Store.NO));
            document.add(new SortedSetDocValuesField(Fields.FITS, bytes));
        }
        terms(document, Fields.MAKE, makes);
        terms(document, Fields.MODEL, models);
        terms(document, Fields.VEHICLE, words);
        for (int year : years) document.add(new StringField(Fields.YEAR, Integer.toString(year), Field.Store.NO));
    }

    private static void category(Document document, String category) {
        String name = cut(Text.clean(category));
        if (name.isEmpty()) return;
        document.add(new SortedDocValuesField(Fields.CATEGORY_NAME, new BytesRef(name)));
        Set<String> heads = new LinkedHashSet<>();
        StringBuilder head = new StringBuilder();
        for (String step : categorySteps(name)) {
            head.append(head.isEmpty() ? "" : "/").append(step);
            heads.add(head.toString());
        }
        terms(document, Fields.CATEGORY, heads);
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

    private static String cut(String text) {
        return text.length() <= MAX_TERM_LENGTH ? text : text.substring(0, MAX_TERM_LENGTH);
    }
}
