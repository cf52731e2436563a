package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the catalogue lacks, in the console: its calls, its words and its page. */
@Configuration(proxyBeanMethods = false)
@Import({ProposalsController.class, LostSalesController.class})
class MissingConsole {
    @Bean
    MessageFile missingMessages() {
        return new MessageFile("messages_console_missing");
    }

    @Bean
    AccessTable missingAccess() {
        return () -> List.of(
                row("/console/api/proposals", Permission.CATALOGUE_READ),
                row("/console/api/proposals/{id}", Permission.CATALOGUE_READ),
                act("/console/api/proposals/{id}/merge"),
                act("/console/api/proposals/{id}/add"),
                act("/console/api/proposals/{id}/refuse"),
                row("/console/api/lost-sales", Permission.CATALOGUE_READ),
                row("/console/api/lost-sales/file", Permission.CATALOGUE_READ));
    }

    private static AccessRow row(String pattern, Permission permission) {
        return AccessRow.roles(GET, pattern, permission.roles());
    }

    private static AccessRow act(String pattern) {
        return AccessRow.roles(POST, pattern, Permission.CATALOGUE_MEND.roles());
    }
}
