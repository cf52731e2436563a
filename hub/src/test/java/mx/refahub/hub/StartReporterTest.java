package mx.refahub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;

class StartReporterTest {
    @Test
    void what_a_person_can_mend_is_one_line_that_says_how() {
        assertThat(StartReporter.line(new IllegalStateException("bean", new StartRefused("Port 8432 is taken …"))))
                .hasValue("Port 8432 is taken …");
        assertThat(StartReporter.line(new IllegalStateException("bean", new PortInUseException(8090))))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("Port 8090 is taken")
                        .contains("--server.port")
                        .doesNotContain("\n"));
    }

    @Test
    void what_nobody_planned_is_told_in_full() {
        assertThat(StartReporter.line(new IllegalStateException("bug"))).isEmpty();
    }
}
