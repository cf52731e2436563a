package mx.refahub.domain.search;

/**
 * Why a hit is a hit. The order of the kinds is the order of the ranking's classes.
 *
 * @param detail what it matched on, e.g. the interchange number; may be empty. The sentence is the screen's, from message files
 */
public record Reason(Kind kind, String detail) {
    public enum Kind {
        /** The number as printed, in either case, with or without its line code. */
        EXACT,
        /** The number but for punctuation. */
        WITHOUT_DASHES,
        /** Equal to another brand's or the vehicle maker's number of this part. */
        INTERCHANGE,
        /** The typed number is an old one that this part replaces. */
        REPLACES,
        /** The number begins with what was typed. */
        PREFIX,
        /** Words of the name, brand or category. */
        WORD,
        /** A word much like the typed one. */
        SIMILAR,
        /** It meets most of the words, but not all: the detail says which. Never a hit, only what comes nearest. */
        NEAREST,
        /** No text typed: it fits the chosen vehicle or category. */
        FITS
    }
}
