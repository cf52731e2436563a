package mx.refahub.pos.console;

import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** One-time codes for people who have no password or PIN yet, or lost it. */
@RestController
final class PeopleController {
    private final ConsoleAccess access;
    private final Problems problems;

    PeopleController(ConsoleAccess access, Problems problems) {
        this.access = access;
        this.problems = problems;
    }

    record Whom(@Nullable String user) {}

    @PostMapping("/console/api/codes")
    ResponseEntity<Object> code(@RequestBody Whom whom, @AuthenticationPrincipal Person person) {
        String user = whom.user() == null ? "" : whom.user().strip();
        return problems.answer(access.issueCode(user, person), HttpStatus.CREATED, code -> code);
    }
}
