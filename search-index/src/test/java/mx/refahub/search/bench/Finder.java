package mx.refahub.search.bench;

import java.util.List;
import mx.refahub.domain.generator.GeneratedCatalogue;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartQuery;

/** Something that finds parts of a generated catalogue. */
interface Finder extends AutoCloseable {
    String name();

    /** Takes in the whole catalogue. */
    void fill(GeneratedCatalogue catalogue) throws Exception;

    /** Places in the catalogue, the best first, at most ten. */
    List<Integer> find(PartQuery query) throws Exception;

    /** The same, filled as this one is, for another thread to ask. */
    Finder another() throws Exception;

    @Override
    void close() throws Exception;

    /** Every model year that the part fits, as words. */
    static String vehicles(IndexedPart part) {
        StringBuilder text = new StringBuilder();
        part.fitments().forEach(fitment -> {
            text.append(fitment.make())
                    .append(' ')
                    .append(fitment.model())
                    .append(' ')
                    .append(fitment.engine());
            for (int year = fitment.yearFrom(); year <= fitment.yearTo(); year++)
                text.append(' ').append(year);
            text.append(' ').append(fitment.position()).append(' ');
        });
        return text.toString();
    }

    static String others(IndexedPart part) {
        StringBuilder text = new StringBuilder();
        part.interchanges()
                .forEach(other -> text.append(other.otherNumber().normal()).append(' '));
        return text.toString();
    }

    static String words(IndexedPart part) {
        return part.part().nameEs()
                + ' '
                + part.part().nameEn()
                + ' '
                + part.part().brand()
                + ' '
                + part.part().category().replace('/', ' ');
    }

    /** What was typed, or the chosen vehicle and category as if it had been. */
    static String text(PartQuery query) {
        if (!query.text().isEmpty()) return query.text();
        return (query.make()
                        + ' '
                        + query.model()
                        + ' '
                        + query.engine()
                        + ' '
                        + query.year()
                        + ' '
                        + query.category().replace('/', ' '))
                .strip();
    }
}
