package mx.refahub.domain.erp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one posting at the ERP. */
public sealed interface Delivery {
    /** @param outsideId how the ERP calls it @param found it was there already, from a reply that was lost */
    record Delivered(String outsideId, boolean found) implements Delivery {}

    /** The ERP's own no: a person mends it and sends it again. @param code the ERP's; may be empty @param reason in the ERP's words */
    record Refused(String code, String reason) implements Delivery {}

    /** Nothing is known of it: asked again later. @param after as the ERP wants it, if it said so */
    record Unreachable(String reason, @Nullable Duration after) implements Delivery {}
}
