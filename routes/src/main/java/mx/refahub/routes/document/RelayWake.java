package mx.refahub.routes.document;

import java.util.function.BooleanSupplier;
import mx.refahub.routes.Channels;
import mx.refahub.routes.DocumentRelay;
import org.apache.camel.ProducerTemplate;

/** Wakes the route {@code document-relay}. */
public final class RelayWake implements DocumentRelay {
    private final ProducerTemplate producer;
    private final Relaying relaying;
    private final BooleanSupplier linked;

    public RelayWake(ProducerTemplate producer, Relaying relaying, BooleanSupplier linked) {
        this.producer = producer;
        this.relaying = relaying;
        this.linked = linked;
    }

    @Override
    public void wake() {
        producer.sendBody(Channels.DOCUMENT_RELAY, "wake");
    }

    @Override
    public State state() {
        return new State(relaying.relay(), linked.getAsBoolean(), relaying.halted());
    }
}
