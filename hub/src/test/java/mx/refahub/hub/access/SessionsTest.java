package mx.refahub.hub.access;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Sessions sessions = TestHub.bean(Sessions.class);
    private final Person ana = person(Role.ADMIN);
    private final Person beto = person(Role.ACCOUNTANT);

    private static Person person(Role role) {
        UUID id = UUID.randomUUID();
        TestHub.sql()
                .sql("insert into person (id, username, name, role, created_at) values (?, ?, 'Ana', ?, now())")
                .params(id, id + "@refahub.example", role.name())
                .update();
        return new Person(new UserId(id), "Ana", role);
    }

    private UUID begin(Person who, Sessions.Kind kind) {
        UUID id = UUID.randomUUID();
        sessions.begin(id, who, kind, "127.0.0.1", "Firefox\r\n", Duration.ofHours(8));
        return id;
    }

    @Test
    void a_session_ends_at_once_by_its_person_or_an_administrator_and_by_nobody_else() {
        UUID first = begin(beto, Sessions.Kind.CONSOLE);
        UUID second = begin(beto, Sessions.Kind.TOKEN);
        UUID hers = begin(ana, Sessions.Kind.CONSOLE);
        assertThat(sessions.all(beto.id())).extracting(Sessions.Session::id).containsExactlyInAnyOrder(first, second);
        assertThat(refused(sessions.end(hers, beto))).isEqualTo("session-unknown");
        done(sessions.end(first, ana));
        assertThat(sessions.lasts(first)).isFalse();
        UUID third = begin(beto, Sessions.Kind.CONSOLE);
        assertThat(sessions.endOthers(beto, third)).isEqualTo(1);
        assertThat(sessions.all(beto.id())).extracting(Sessions.Session::id).containsExactly(third);
        assertThat(sessions.lasts(UUID.randomUUID())).isFalse();
    }

    @Test
    void who_is_removed_or_gets_another_role_is_out() {
        UUID one = begin(beto, Sessions.Kind.CONSOLE);
        TestHub.sql()
                .sql("update person set role = 'ADMIN' where id = ?")
                .param(beto.id().value())
                .update();
        assertThat(sessions.called(one)).isFalse();
        UUID two = begin(ana, Sessions.Kind.TOKEN);
        TestHub.sql()
                .sql("update person set removed_at = now() where id = ?")
                .param(ana.id().value())
                .update();
        assertThat(sessions.called(two)).isFalse();
    }

    @Test
    void a_browsers_time_begins_anew_with_each_call_and_a_tokens_does_not() {
        UUID browser = begin(beto, Sessions.Kind.CONSOLE);
        UUID token = begin(beto, Sessions.Kind.TOKEN);
        TestHub.CLOCK.advance(Duration.ofHours(5));
        assertThat(sessions.called(browser) && sessions.called(token)).isTrue();
        TestHub.CLOCK.advance(Duration.ofHours(5));
        assertThat(sessions.lasts(browser)).isTrue();
        assertThat(sessions.lasts(token)).isFalse();
    }
}
