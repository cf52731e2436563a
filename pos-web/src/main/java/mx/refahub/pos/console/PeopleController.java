package mx.refahub.pos.console;

import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One-time codes for people who have no password or PIN yet, or lost it. */
@RestController
final class PeopleController {
    private final ConsoleAccess access;

    PeopleController(ConsoleAccess access) {
        this.access = access;
    }

    record Whom(@Nullable String user) {}

    @PostMapping("/console/api/codes")
    @ResponseStatus(HttpStatus.CREATED)
    ConsoleAccess.OneTimeCode code(@RequestBody Whom whom, @AuthenticationPrincipal Person person) {
        String user = whom.user() == null ? "" : whom.user().strip();
        return ActRefused.unlessDone(access.issueCode(user, person));
    }
}
