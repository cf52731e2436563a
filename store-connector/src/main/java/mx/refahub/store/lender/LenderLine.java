package mx.refahub.store.lender;

import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.wire.LenderAsk;

/** The hub, as the one who asks the lender. No call throws for what the line does. */
interface LenderLine {
    sealed interface Said {
        record Row(LenderAsk.Row row) implements Said {}

        /** @param certain the hub never got it */
        record Silence(String why, boolean certain) implements Said {}
    }

    /** Whether the company has a lender; empty where the hub cannot be asked. */
    Optional<Boolean> there();

    Said ask(LenderAsk ask);

    Said inquire(UUID order);

    Said cancel(UUID order);
}
