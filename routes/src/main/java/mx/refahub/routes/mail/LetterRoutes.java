package mx.refahub.routes.mail;

import java.time.Duration;
import mx.refahub.domain.notice.Outgoing;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

/** Letters that are due, one by one: what goes wrong with one is noted on it and holds up no other. */
public final class LetterRoutes extends RouteBuilder {
    private static final String LETTER = "letter";

    private final Outgoing outgoing;
    private final Envelopes envelopes;
    private final Duration every;

    LetterRoutes(Outgoing outgoing, Envelopes envelopes, Duration every) {
        this.outgoing = outgoing;
        this.envelopes = envelopes;
        this.every = every;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.timer("letter-send", every)).routeId("letter-send").routeConfigurationId(Policies.TICK)
            .bean(outgoing, "due").id("letter-send.due")
            .split(body()).id("letter-send.each")
                .to(Channels.LETTER_POST).id("letter-send.post")
            .end();

        from(Channels.LETTER_POST).routeId("letter-post").routeConfigurationId(Policies.LETTER)
            .setProperty(LETTER, body())
            .bean(outgoing, "take(${body})").id("letter-post.take")
            .setBody(simple("${body.orElse(null)}"))
            .filter(body().isNotNull()).id("letter-post.mine")
                .to(Channels.LETTER_CARRY).id("letter-post.carry")
                .setBody(exchangeProperty(LETTER))
                .bean(outgoing, "sent").id("letter-post.sent")
            .end();

        from(Channels.LETTER_CARRY).routeId("letter-carry").routeConfigurationId(Policies.CALLER)
            .bean(envelopes, "closed").id("letter-carry.close")
            .to(Channels.smtp(MailRoutes.SENDER)).id("letter-carry.send");

        from(Channels.LETTER_FAILED).routeId("letter-fail").routeConfigurationId(Policies.TICK)
            .bean(outgoing, "failed(${exchangeProperty." + LETTER + "}, ${exception})").id("letter-fail.note");
        // @formatter:on
    }
}
