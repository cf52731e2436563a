package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.hub.OutsideSystem;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Messages and routes in the console: what a person does about them. */
@Configuration(proxyBeanMethods = false)
@Import(MessagesController.class)
class MessagesConsole {
    @Bean
    MessageFile messagesMessages() {
        return new MessageFile("messages_console_messages");
    }

    @Bean
    AccessTable messagesAccess() {
        return () -> List.of(
                read("/console/api/documents/{id}/history"),
                mend("/console/api/documents/{id}/retry"),
                mend("/console/api/documents/{id}/edit"),
                mend("/console/api/documents/{id}/discard"),
                approve("/console/api/amendments/{id}/approve"),
                approve("/console/api/amendments/{id}/refuse"),
                read("/console/api/messages"),
                mend("/console/api/messages/retry-key"),
                mend("/console/api/messages/count"),
                mend("/console/api/messages/bulk"),
                approve("/console/api/messages/bulk/{id}/approve"),
                read("/console/api/messages/asides"),
                mend("/console/api/messages/asides/{id}/settle"),
                read("/console/api/messages/letters"),
                mend("/console/api/messages/letters/resend"),
                mend("/console/api/messages/letters/discard"),
                AccessRow.roles(GET, "/console/api/routes/events", Permission.ROUTES_READ.roles()),
                AccessRow.roles(GET, "/console/api/stores/{id}/routes", Permission.ROUTES_READ.roles()),
                AccessRow.roles(POST, "/console/api/routes/{id}/stop", Permission.ROUTES_COMMAND.roles()),
                AccessRow.roles(POST, "/console/api/routes/{id}/start", Permission.ROUTES_COMMAND.roles()));
    }

    @Bean
    RouteFeed consoleRouteFeed(RouteMap routes, ObjectProvider<OutsideSystem> outside, ConsoleSettings settings) {
        return new RouteFeed(routes, outside.orderedStream().toList(), settings);
    }

    private static AccessRow read(String pattern) {
        return AccessRow.roles(GET, pattern, Permission.DOCUMENTS_READ.roles());
    }

    private static AccessRow mend(String pattern) {
        return AccessRow.roles(POST, pattern, Permission.MESSAGES_MEND.roles());
    }

    private static AccessRow approve(String pattern) {
        return AccessRow.roles(POST, pattern, Permission.MESSAGES_APPROVE.roles());
    }
}
