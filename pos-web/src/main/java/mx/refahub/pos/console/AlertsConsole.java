package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
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

/** Alerts, their rules, and e-mail. The process brings {@code Alerts} and {@code MailDesk}. */
@Configuration(proxyBeanMethods = false)
@Import({AlertsController.class, MailController.class})
class AlertsConsole {
    private static final String RULES = "/console/api/alert-rules";
    private static final String MAIL = "/console/api/mail";

    @Bean
    MessageFile alertsMessages() {
        return new MessageFile("messages_console_alerts");
    }

    @Bean
    AccessTable alertsAccess() {
        return () -> List.of(
                read(GET, "/console/api/alerts"),
                read(GET, "/console/api/alerts/{id}/events"),
                read(POST, "/console/api/alerts/{id}/acknowledge"),
                read(POST, "/console/api/alerts/look"),
                read(GET, RULES),
                manage(PUT, RULES + "/{id}"),
                manage(POST, RULES + "/{id}/mute"),
                manage(DELETE, RULES + "/{id}"),
                manage(GET, MAIL),
                manage(PUT, MAIL),
                manage(PUT, MAIL + "/inbox"),
                manage(POST, MAIL + "/test"),
                manage(GET, MAIL + "/letters"),
                manage(POST, MAIL + "/letters/{id}/again"),
                manage(GET, MAIL + "/received"),
                manage(GET, MAIL + "/templates"),
                manage(PUT, MAIL + "/templates/{event}/{language}"),
                manage(DELETE, MAIL + "/templates/{event}/{language}"),
                manage(POST, MAIL + "/templates/{event}/{language}/preview"));
    }

    private static AccessRow read(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.ALERTS_READ.roles());
    }

    private static AccessRow manage(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.ALERTS_MANAGE.roles());
    }
}
