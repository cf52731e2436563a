package mx.refahub.routes.mail;

import java.util.Optional;
import mx.refahub.domain.notice.Inbox;
import mx.refahub.domain.notice.Outgoing;
import mx.refahub.domain.notice.Postman;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mail.JavaMailSender;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** E-mail both ways. The process brings {@code Outgoing} and {@code Inbox}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailRouteSettings.class)
public class MailRoutes {
    public static final String SENDER = "letter-sender";

    @Bean(SENDER)
    public JavaMailSender letterSender(Outgoing outgoing, ObjectProvider<MailTrust> trust, MailRouteSettings settings) {
        return new ServerOfTheDay(
                outgoing,
                Optional.ofNullable(trust.getIfAvailable()).flatMap(MailTrust::servers),
                settings.answerWithin());
    }

    @Bean
    MailTrust mailTrust(MailRouteSettings settings) {
        return MailTrust.of(settings.trustedCertificates());
    }

    @Bean
    public LetterRoutes letterRoutes(Outgoing outgoing, MailRouteSettings settings) {
        return new LetterRoutes(outgoing, new Envelopes(), settings.sendEvery());
    }

    @Bean
    public InvoiceMailRoutes invoiceMailRoutes(Inbox inbox, MailRouteSettings settings) {
        return new InvoiceMailRoutes(inbox, settings.fetchEvery());
    }

    @Bean
    Postman postman(CamelContext context) {
        return new CamelPostman(context.createProducerTemplate());
    }
}
