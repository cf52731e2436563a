package mx.refahub.domain.part;

/** What a person may mend of a part. A list is a set of values, each mended by itself. */
public enum PartField {
    LINE_CODE(false),
    NUMBER(false),
    BRAND(false),
    NAME_ES(false),
    NAME_EN(false),
    CATEGORY(false),
    UNIT(false),
    TAX_CLASS(false),
    CORE(false),
    SAT_CODE(false),
    SAT_UNIT(false),
    TAX_OBJECT(false),
    PRICE(false),
    BARCODE(true),
    INTERCHANGE(true),
    FITMENT(true),
    RELATION(true),
    REMOVED(false);

    private final boolean list;

    PartField(boolean list) {
        this.list = list;
    }

    public boolean isList() {
        return list;
    }
}
