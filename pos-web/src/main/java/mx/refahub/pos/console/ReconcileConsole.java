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

/** Reconciliation and lives of a store, in the console: its calls and its words. */
@Configuration(proxyBeanMethods = false)
@Import(ReconciliationsController.class)
class ReconcileConsole {
    @Bean
    MessageFile reconcileMessages() {
        return new MessageFile("messages_console_trust");
    }

    @Bean
    AccessTable reconcileAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/stores/{id}/trust", Permission.STORES_READ.roles()),
                AccessRow.roles(GET, "/console/api/reconciliations/{id}/cells", Permission.STORES_READ.roles()),
                AccessRow.roles(GET, "/console/api/runs/{id}/reconciled", Permission.JOBS_READ.roles()),
                AccessRow.roles(GET, "/console/api/differences/{id}", Permission.DOCUMENTS_READ.roles()),
                AccessRow.roles(POST, "/console/api/differences/{id}/settle", Permission.STORES_COMMAND.roles()),
                AccessRow.roles(POST, "/console/api/stores/{id}/replacement", Permission.STORES_ADD.roles()),
                AccessRow.roles(POST, "/console/api/stores/{id}/claims/{machine}/grant", Permission.STORES_ADD.roles()),
                AccessRow.roles(
                        POST, "/console/api/stores/{id}/claims/{machine}/discard", Permission.STORES_ADD.roles()));
    }
}
