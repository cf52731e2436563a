package mx.refahub.routes.mail;

import mx.refahub.domain.Failure;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.Postman;
import mx.refahub.routes.Channels;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Over the same route as every letter. */
final class CamelPostman implements Postman {
    private final ProducerTemplate producer;

    CamelPostman(ProducerTemplate producer) {
        this.producer = producer;
    }

    @Override
    public void carry(Letter letter) {
        try {
            producer.sendBody(Channels.LETTER_CARRY, letter);
        } catch (CamelExecutionException e) {
            for (Throwable t = e; t != null; t = t.getCause()) if (t instanceof Failure failure) throw failure;
            throw Failure.retryable("letter " + letter.id() + " was not carried", e.getCause());
        }
    }
}
