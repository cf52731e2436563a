package mx.refahub.domain.tax;

import java.math.BigDecimal;

/** Where the branch stands: 16 % (LIVA art. 1) or, with the border stimulus, 8 % (DOF 31-XII-2018, as extended). */
public enum TaxRegion {
    STANDARD("0.160000"),
    BORDER("0.080000");

    private final BigDecimal generalRate;

    TaxRegion(String generalRate) {
        this.generalRate = new BigDecimal(generalRate);
    }

    public BigDecimal generalRate() {
        return generalRate;
    }
}
