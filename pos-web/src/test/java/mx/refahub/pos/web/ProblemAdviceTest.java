package mx.refahub.pos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mx.refahub.domain.Failure;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

class ProblemAdviceTest {
    private final Messages messages = Messages.of(List.of(new MessageFile("messages_web")));
    private final ProblemAdvice advice = new ProblemAdvice(new Problems(messages, new JsonMapper()), messages);

    @Test
    void a_full_disk_is_told_as_such_and_is_worth_another_try() {
        ProblemDetail full = answer(Failure.noRoom("database or disk is full", null));

        assertThat(full.getStatus()).isEqualTo(503);
        assertThat(full.getProperties()).containsEntry("code", "no-room");
        assertThat(full.getDetail())
                .isEqualTo(messages.text(Messages.SPANISH, "refusal.no-room"))
                .contains("disco")
                .doesNotContain("database");
    }

    @Test
    void anything_else_that_passes_is_not_taken_for_a_full_disk() {
        assertThat(answer(Failure.retryable("the database is away", new IllegalStateException()))
                        .getProperties())
                .containsEntry("code", "try-again");
    }

    private ProblemDetail answer(Failure failure) {
        ResponseEntity<ProblemDetail> answer =
                advice.failed(failure, new MockHttpServletRequest("POST", "/api/sales"), Messages.SPANISH);
        ProblemDetail problem = answer.getBody();
        assertThat(problem).isNotNull();
        assertThat(answer.getStatusCode().value()).isEqualTo(problem.getStatus());
        return problem;
    }
}
