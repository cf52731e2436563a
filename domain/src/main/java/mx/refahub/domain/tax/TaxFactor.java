package mx.refahub.domain.tax;

/** CFDI's c_TipoFactor, as far as IVA at a counter uses it; {@code NONE} where the line is not an object of tax. */
public enum TaxFactor {
    RATE,
    EXEMPT,
    NONE
}
