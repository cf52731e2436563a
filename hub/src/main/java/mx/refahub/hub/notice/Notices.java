package mx.refahub.hub.notice;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.adapters.mail.ImapMailbox;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.notice.Inbox;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.Postman;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.SecretBox;
import mx.refahub.pos.web.Messages;
import mx.refahub.routes.mail.MailTrust;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Notices {
    @Bean
    Accounts mailAccounts(MailTable table, SecretBox box) {
        return new Accounts(table, box);
    }

    @Bean
    Templates letterTemplates(LetterTable table) {
        return new Templates(table);
    }

    /** As the console calls them; a process without a console has none. */
    @Bean
    JobNames jobNames(ObjectProvider<Messages> console) {
        return (language, job) -> {
            Messages messages = console.getIfAvailable();
            return messages == null || !messages.has("job." + job)
                    ? job
                    : messages.text(language == Language.EN ? Locale.ENGLISH : Messages.SPANISH, "job." + job);
        };
    }

    @Bean
    LetterDesk letterDesk(
            LetterTable table, Accounts accounts, Templates templates, JobNames jobs, IdSource ids, Clock clock) {
        return new LetterDesk(table, accounts, templates, jobs, ids, clock);
    }

    @Bean
    MailDesk mailDesk(
            MailTable table,
            LetterTable letters,
            Accounts accounts,
            Templates templates,
            LetterDesk desk,
            ObjectProvider<Postman> postman,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresMailDesk(
                table,
                letters,
                accounts,
                templates,
                desk,
                () -> Optional.ofNullable(postman.getIfAvailable()),
                audit,
                ids,
                clock,
                transaction);
    }

    @Bean
    Inbox invoiceInbox(
            MailTable table,
            Accounts accounts,
            SupplierInvoices invoices,
            ObjectProvider<MailTrust> trust,
            Clock clock) {
        return new Letterbox(
                table,
                accounts,
                (server, folder) -> ImapMailbox.open(
                        server,
                        folder,
                        Optional.ofNullable(trust.getIfAvailable())
                                .flatMap(MailTrust::servers)
                                .orElse(null)),
                new InvoicesByMail(invoices),
                clock);
    }

    @Bean
    LetterTexts letterTexts(Templates templates) {
        return templates::text;
    }
}
