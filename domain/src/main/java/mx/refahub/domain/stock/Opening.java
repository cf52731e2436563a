package mx.refahub.domain.stock;

/**
 * What the hub says a branch had of a part when it began. The branch's own movements come on top.
 *
 * @param quantity thousandths
 * @param value centavos
 * @param bin the part's main bin; empty if it has none
 */
public record Opening(long quantity, long value, String bin) {
    public static final Opening NONE = new Opening(0, 0, "");
}
