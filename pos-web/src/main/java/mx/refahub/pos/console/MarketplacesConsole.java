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

/** Marketplaces, in the console: calls, words and who may. Notifications come in without a session; the last part of their address is their key. */
@Configuration(proxyBeanMethods = false)
@Import(MarketplacesController.class)
class MarketplacesConsole {
    private static final String BASE = "/console/api/marketplaces";

    @Bean
    MessageFile marketplacesMessages() {
        return new MessageFile("messages_console_marketplaces");
    }

    @Bean
    AccessTable marketplacesAccess() {
        return () -> List.of(
                row(GET, BASE),
                row(POST, BASE + "/sign-in"),
                row(POST, BASE + "/{connection}/sign-in"),
                row(GET, BASE + "/{connection}/rules"),
                row(PUT, BASE + "/{connection}/rules"),
                row(GET, BASE + "/{connection}/listings"),
                row(POST, BASE + "/listings/{listing}/again"),
                row(PUT, BASE + "/{connection}/exclusions/{part}"),
                row(GET, BASE + "/orders"),
                row(GET, BASE + "/orders/{order}/tickets"),
                row(POST, BASE + "/orders/{order}/sale"),
                row(POST, BASE + "/orders/{order}/reservation"),
                row(POST, BASE + "/orders/{order}/shipment"),
                row(POST, BASE + "/orders/{order}/cancellation"),
                row(GET, BASE + "/questions"),
                row(POST, BASE + "/{connection}/questions/{question}"),
                row(POST, BASE + "/errands"),
                AccessRow.open(POST, "/api/market/hooks/{hook}").withoutCsrf(),
                AccessRow.open(GET, "/api/market/pictures/{connection}/{hash}/{signature}.jpg"));
    }

    private static AccessRow row(HttpMethod method, String pattern) {
        return AccessRow.roles(method, pattern, Permission.MARKETS_MANAGE.roles());
    }
}
