package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The second factor in the console: its calls, its words and its page. */
@Configuration(proxyBeanMethods = false)
@Import(SecondFactorController.class)
class SecondFactorConsole {
    @Bean
    MessageFile secondFactorMessages() {
        return new MessageFile("messages_console_factor");
    }

    @Bean
    AccessTable secondFactorAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/second-factor", anybody()),
                AccessRow.roles(POST, "/console/api/second-factor/begin", anybody()),
                AccessRow.roles(POST, "/console/api/second-factor/confirm", anybody()),
                AccessRow.roles(POST, "/console/api/second-factor/off", anybody()),
                AccessRow.roles(POST, "/console/api/second-factor/reset", Permission.STAFF_MANAGE.roles()));
    }

    /** Whoever may come in at all. */
    private static Set<Role> anybody() {
        return Arrays.stream(Role.values())
                .filter(role -> !Permission.of(role).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
