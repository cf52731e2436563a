package mx.refahub.domain.sale;

import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.tax.TaxClass;

/**
 * A gift voucher to be sold (<i>vale de regalo</i>): money for goods that nobody has chosen yet, so it bears no tax when it is sold; what it buys later bears its own.
 */
public record GiftVoucher(Money face) {
    public static final Money LEAST = Money.mxn(1_000);
    public static final Money MOST = Money.mxn(5_000_000);
    private static final LineCode LINE = new LineCode("VALE");
    private static final PartNumber NUMBER = new PartNumber("REGALO");
    /** c_ClaveProdServ: gift certificates. */
    private static final String SAT_PRODUCT = "14111608";

    private static final String SAT_UNIT = "H87";
    private static final String NOT_TAXED = "01";

    public GiftVoucher {
        if (face.compareTo(LEAST) < 0 || face.compareTo(MOST) > 0)
            throw new IllegalArgumentException("a voucher of " + face.text());
    }

    /** Refused: {@code voucher-amount} (naming the least and the most). */
    public static Outcome<GiftVoucher> of(long centavos) {
        Money face = Money.mxn(centavos);
        return face.compareTo(LEAST) < 0 || face.compareTo(MOST) > 0
                ? Outcome.refused("voucher-amount", LEAST.text(), MOST.text())
                : Outcome.done(new GiftVoucher(face));
    }

    /** What stands on the line in the place of a part. */
    public Part standIn() {
        return new Part(
                PartId.NONE,
                LINE,
                NUMBER,
                "",
                "Vale de regalo",
                "Gift voucher",
                "",
                "PZA",
                TaxClass.EXEMPT,
                Money.mxn(0),
                SAT_PRODUCT,
                SAT_UNIT,
                NOT_TAXED,
                List.of());
    }

    /** Whether a line's stand-in is a voucher's. */
    public static boolean is(Part part) {
        return part.id().equals(PartId.NONE)
                && part.lineCode().equals(LINE)
                && part.number().equals(NUMBER);
    }
}
