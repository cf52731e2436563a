package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Who is in, and putting them out. */
@Configuration(proxyBeanMethods = false)
@Import(SessionsController.class)
class SessionsConsole {
    @Bean
    FilterRegistrationBean<SessionGuard> sessionGuard(Sessions sessions) {
        FilterRegistrationBean<SessionGuard> guard = new FilterRegistrationBean<>(new SessionGuard(sessions));
        // Before the chain that decides who is there.
        guard.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return guard;
    }

    @Bean
    MessageFile sessionsMessages() {
        return new MessageFile("messages_console_sessions");
    }

    @Bean
    AccessTable sessionsAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/sessions", anybody()),
                AccessRow.roles(POST, "/console/api/sessions/end-others", anybody()),
                AccessRow.roles(DELETE, "/console/api/sessions/{id}", anybody()),
                AccessRow.roles(GET, "/console/api/all-sessions", Permission.STAFF_MANAGE.roles()));
    }

    /** Whoever may come in at all. */
    private static Set<Role> anybody() {
        return Arrays.stream(Role.values())
                .filter(role -> !Permission.of(role).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
