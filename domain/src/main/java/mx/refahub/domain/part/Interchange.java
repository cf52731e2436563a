package mx.refahub.domain.part;

/** Another number under which the trade knows a part. */
public record Interchange(Kind kind, String otherBrand, PartNumber otherNumber) {
    public enum Kind {
        /** The vehicle maker's number for the same piece. */
        OEM,
        /** Another brand's piece that does the same. */
        EQUIVALENT,
        /** An older number that this part replaces. */
        SUPERSEDES
    }

    public Interchange {
        otherBrand = otherBrand.strip();
    }
}
