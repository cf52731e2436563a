package mx.refahub.domain.tax;

/** What the catalogue says of a part; the branch's region turns {@code GENERAL} into 16 or 8 %. */
public enum TaxClass {
    GENERAL,
    ZERO,
    EXEMPT
}
