package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** Credit notes in the console: their calls and their words. */
@Configuration(proxyBeanMethods = false)
@Import(CreditNotesController.class)
class CreditNotesConsole {
    @Bean
    MessageFile creditNoteMessages() {
        return new MessageFile("messages_console_creditnotes");
    }

    @Bean
    AccessTable creditNoteAccess() {
        return () -> List.of(
                row(GET, "/console/api/credit-notes"),
                row(GET, "/console/api/credit-notes/{sale}/{related}/xml"),
                row(PUT, "/console/api/credit-notes/{sale}/{related}"),
                row(PUT, "/console/api/credit-notes/invoices/{related}"),
                row(POST, "/console/api/credit-notes/global"));
    }

    private static AccessRow row(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.ACCOUNTING_EXPORT.roles());
    }
}
