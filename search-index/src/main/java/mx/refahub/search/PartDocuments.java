package mx.refahub.search;

import java.util.HashSet;
import java.util.Set;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** A part as an index document. Only what finding, ordering and explaining need is in it; names and prices are joined elsewhere. */
final class PartDocuments {
    private static final int MAX_TERM_BYTES = 32_000;

    private PartDocuments() {}

    static Term key(PartId id) {
        return new Term(Fields.ID, id.toString());
    }

    static Document of(IndexedPart indexed) {
        Part part = indexed.part();
        String line = part.lineCode().value();
        String number = part.number().value();
        Document document = new Document();
        document.add(new StringField(Fields.ID, part.id().toString(), Field.Store.YES));
        term(document, Fields.PRINTED, Text.printed(number));
        term(document, Fields.PRINTED, Text.printed(line + " " + number));
        term(document, Fields.NORMAL, part.number().normal());
        term(document, Fields.NORMAL, PartNumber.normal(line + number));
        for (Interchange interchange : indexed.interchanges()) {
            term(
                    document,
                    interchange.kind() == Interchange.Kind.SUPERSEDES ? Fields.OLD : Fields.OTHER,
                    interchange.otherNumber().normal());
            document.add(new StoredField(
                    Fields.INTERCHANGE,
                    interchange.kind() + " " + (interchange.otherBrand() + " " + interchange.otherNumber()).strip()));
        }
        document.add(new TextField(
                Fields.SPANISH, part.nameEs() + "\n" + part.brand() + "\n" + part.category(), Field.Store.NO));
        document.add(new TextField(Fields.ENGLISH, part.nameEn(), Field.Store.NO));
        document.add(new TextField(
                Fields.WORDS,
                part.nameEs() + "\n" + part.nameEn() + "\n" + part.brand() + "\n" + part.category(),
                Field.Store.NO));
        Set<String> fits = new HashSet<>();
        for (Fitment fitment : indexed.fitments()) fits.addAll(Vehicles.terms(fitment));
        fits.forEach(term -> term(document, Fields.FITS, term));
        for (String head = Text.fold(part.category());
                !head.isEmpty();
                head = head.substring(0, Math.max(0, head.lastIndexOf('/')))) {
            term(document, Fields.CATEGORY, head);
        }
        document.add(new SortedDocValuesField(Fields.CATEGORY_VALUE, value(part.category())));
        document.add(new SortedDocValuesField(Fields.ORDER, value(line + " " + number)));
        return document;
    }

    private static void term(Document document, String field, String value) {
        if (!value.isEmpty()) document.add(new StringField(field, value(value), Field.Store.NO));
    }

    private static BytesRef value(String text) {
        BytesRef bytes = new BytesRef(text);
        return bytes.length <= MAX_TERM_BYTES ? bytes : new BytesRef(bytes.bytes, 0, MAX_TERM_BYTES);
    }
}
