package mx.refahub.domain.generator;

import java.util.function.Predicate;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartQuery;

/**
 * What a clerk asks, and how to tell whether a part answers it.
 *
 * @param right computed from the parts alone, by no means of an index; at least one part of the catalogue is
 */
public record CounterQuestion(Kind kind, PartQuery query, Predicate<IndexedPart> right) {
    public enum Kind {
        /** As printed, or in lower case. */
        NUMBER,
        /** Its letters and digits only. */
        NUMBER_BARE,
        /** The first four and more of them. */
        BEGINNING,
        /** Another brand's or the vehicle maker's. */
        INTERCHANGE,
        /** An old one. */
        SUPERSEDED,
        /** Words of name and brand; the last may be unfinished. */
        WORDS,
        /** Words with one slip of the finger. */
        MISSPELT,
        /** Vehicle and category chosen. */
        VEHICLE,
        /** Words, model, and year or engine. */
        PART_AND_VEHICLE
    }
}
