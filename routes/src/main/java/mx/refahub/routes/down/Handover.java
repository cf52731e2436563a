package mx.refahub.routes.down;

import mx.refahub.domain.Failpoint;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.DownLink;
import mx.refahub.domain.delivery.DownMessage;
import org.jspecify.annotations.Nullable;

/** Reads what came from the hub and hands it to the main process. */
public final class Handover {
    private final DownLink downLink;

    public Handover(DownLink downLink) {
        this.downLink = downLink;
    }

    /** @return null for what this version does not know */
    public @Nullable DownMessage read(String text) {
        return DownMessageJson.read(text).orElse(null);
    }

    public void pass(DownMessage message) {
        if (message instanceof Acknowledgement) Failpoint.C14_ACKNOWLEDGEMENT_NOT_SAVED.pass();
        downLink.received(message);
    }
}
