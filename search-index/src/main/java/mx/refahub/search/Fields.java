package mx.refahub.search;

/** Names of the index's fields. When one changes its meaning, raise {@link #SHAPE}: a snapshot of another shape is not read but built anew. */
final class Fields {
    /** Kept with each commit. */
    static final String SHAPE = "4";

    /** The part's id, 16 bytes: to replace a part, and to name a hit. */
    static final String ID = "id";
    /** The number as printed; also with the line code before it. */
    static final String PRINTED = "printed";
    /** Letters and digits of the number; also with the line code, and with the brand, before them. */
    static final String NUMBER = "number";
    /** The first three, four and five letters and digits of the number, so that a short beginning is one term and not ten thousand. */
    static final String HEAD = "head";
    /** Letters and digits of equivalent and vehicle makers' numbers; also with their brand before them. */
    static final String INTERCHANGE = "interchange";
    /** The same of numbers that this part replaces. */
    static final String REPLACES = "replaces";
    /** Stored: each interchange as printed, to tell the reason. */
    static final String RELATED = "related";
    /** Stems of the name. */
    static final String NAME_ES = "name_es";

    static final String NAME_EN = "name_en";
    /** Stem of what the part is: the first word of the Spanish name ({@code filtro} of <i>Filtro de aceite</i>). */
    static final String LEAD_ES = "lead_es";
    /** The same, the last word before details, of the English name ({@code filter} of <i>Oil filter, spin-on</i>). */
    static final String LEAD_EN = "lead_en";
    /** Stems of the category, the fitting positions and notes. */
    static final String ABOUT_ES = "about_es";

    static final String ABOUT_EN = "about_en";
    /** Words of name, category and positions, folded but whole: for the beginnings of words and for misspellings. */
    static final String PLAIN = "plain";
    /** Words of the brand, and the line code. */
    static final String BRAND = "brand";
    /** Words of the makes, models and engines that it fits; and {@code =TRAIT} for each trait of the bodies that are named, see {@link Bodies}. */
    static final String VEHICLE = "vehicle";
    /** Each make that it fits. */
    static final String MAKE = "make";
    /** Each make and model. */
    static final String MODEL = "model";
    /** Each model year, of any vehicle. */
    static final String YEAR = "year";
    /** One term for each make, model, engine, body and run of years that it fits, see {@link Vehicle}. */
    static final String FITS = "fits";
    /** The category and each of its heads, folded. */
    static final String CATEGORY = "category";
    /** The category as written, for the picker. */
    static final String CATEGORY_NAME = "category_name";
    /** The brand: folded as a term, as written for counting. */
    static final String BRAND_NAME = "brand_name";
    /** Each fitting position: folded as a term, as written for counting. */
    static final String POSITION = "position";
    /** For order among equals, where it is known. */
    static final String POPULARITY = "popularity";

    static final String MARGIN = "margin";
    /** For order: the line code, then the number. */
    static final String LINE_ORDER = "line_order";

    static final String NUMBER_ORDER = "number_order";

    private Fields() {}
}
