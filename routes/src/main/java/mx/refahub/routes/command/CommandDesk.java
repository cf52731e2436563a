package mx.refahub.routes.command;

import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.Commands;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.Channels;
import mx.refahub.routes.down.Post;
import mx.refahub.routes.down.PostOffice;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends orders over the route {@code command-send}. */
public final class CommandDesk implements Commands {
    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

    private final ProducerTemplate producer;
    private final PostOffice postOffice;

    public CommandDesk(ProducerTemplate producer, PostOffice postOffice) {
        this.producer = producer;
        this.postOffice = postOffice;
    }

    /** @throws Failure {@code REJECTED} if the store is not known, {@code RETRYABLE} if the broker does not take it now */
    @Override
    public void send(StoreId store, Command command) {
        String slug = postOffice.slug(store);
        try {
            producer.sendBody(Channels.COMMAND_SEND, new Post(slug, command));
        } catch (CamelExecutionException e) {
            throw Failure.retryable("command " + command.id() + " for store " + store + " was not sent", e.getCause());
        }
        LOG.info("command sent command={} kind={} store={}", command.id(), command.kind(), store);
    }
}
