package mx.refahub.domain.cash;

import java.util.List;
import mx.refahub.domain.document.Sha256;

/** Checks a session's journal as an auditor would: from its first row on, believing nothing that is written in it. */
public final class CashChain {
    private CashChain() {}

    /** A row with the hashes that stand beside it. */
    public record Link(CashEntry entry, Sha256 previousHash, Sha256 hash) {}

    /** A place in the chain that a Z vouches for. */
    public record Seal(long zNumber, long sequence, Sha256 hash) {}

    public sealed interface Verdict {
        /** @param head hash of the last row */
        record Sound(long rows, Sha256 head) implements Verdict {}

        /** @param sequence the first row that is missing, out of place or not what was written */
        record Broken(long sequence, What what) implements Verdict {}
    }

    public enum What {
        MISSING,
        EDITED,
        UNCHAINED,
        /** Everything before it fits together, but not with what a Z vouches for. */
        NOT_AS_SEALED
    }

    /** @param links in the order of their sequence */
    public static Verdict verify(List<Link> links, List<Seal> seals) {
        Sha256 previous = Sha256.NONE;
        long expected = 0;
        for (Link link : links) {
            expected++;
            CashEntry entry = link.entry();
            if (entry.sequence() != expected) return new Verdict.Broken(expected, What.MISSING);
            if (!link.previousHash().equals(previous)) return new Verdict.Broken(expected, What.UNCHAINED);
            if (!entry.hash(previous).equals(link.hash())) return new Verdict.Broken(expected, What.EDITED);
            for (Seal seal : seals)
                if (seal.sequence() == expected && !seal.hash().equals(link.hash()))
                    return new Verdict.Broken(expected, What.NOT_AS_SEALED);
            previous = link.hash();
        }
        if (links.isEmpty()) return new Verdict.Broken(1, What.MISSING);
        for (Seal seal : seals) if (seal.sequence() > expected) return new Verdict.Broken(expected + 1, What.MISSING);
        return new Verdict.Sound(expected, previous);
    }
}
