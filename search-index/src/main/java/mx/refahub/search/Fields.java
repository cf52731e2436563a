package mx.refahub.search;

/** Names of the index's fields. A change here needs a rebuild: raise {@link #SHAPE}. */
final class Fields {
    /** Kept with each snapshot; one of another shape is not updated but rebuilt. */
    static final String SHAPE = "1";

    static final String ID = "id";
    /** The number as printed, and with its line code in front. */
    static final String PRINTED = "printed";
    /** Letters and digits of the number, and of line code and number. */
    static final String NORMAL = "normal";
    /** Letters and digits of equivalent and vehicle makers' numbers. */
    static final String OTHER = "other";
    /** Letters and digits of numbers that this part replaces. */
    static final String OLD = "old";
    /** 'kind brand number' of each interchange, stored, to tell the reason. */
    static final String INTERCHANGE = "interchange";
    /** Spanish name, brand, category: stemmed. */
    static final String SPANISH = "es";
    /** English name: stemmed. */
    static final String ENGLISH = "en";
    /** All words, folded but not stemmed: for beginnings and misspellings. */
    static final String WORDS = "words";
    /** One term for each vehicle and year that the part fits, see {@link Vehicles}. */
    static final String FITS = "fits";
    /** The category and each of its heads, folded. */
    static final String CATEGORY = "category";
    /** The category as written, for the picker. */
    static final String CATEGORY_VALUE = "category.value";
    /** Line code and number: last word on order. */
    static final String ORDER = "order";

    private Fields() {}
}
