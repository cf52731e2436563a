package mx.refahub.routes.mail;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.mail.*}; servers and passwords are set in the console.
 *
 * @param sendEvery how often letters that are due are looked for
 * @param fetchEvery how often the mailbox is looked into
 * @param answerWithin how long a server may think about each step of taking a letter
 * @param trustedCertificates a file of certificates (PEM) of servers, or of who signed them, that are trusted besides those that Java trusts; empty: none
 */
@ConfigurationProperties(prefix = "refahub.mail", ignoreUnknownFields = false)
public record MailRouteSettings(
        @DefaultValue("2s") Duration sendEvery,
        @DefaultValue("1m") Duration fetchEvery,
        @DefaultValue("20s") Duration answerWithin,
        @DefaultValue("") String trustedCertificates) {
    public MailRouteSettings {
        if (!sendEvery.isPositive() || !fetchEvery.isPositive() || !answerWithin.isPositive())
            throw new IllegalArgumentException("refahub.mail: durations must be positive");
    }
}
