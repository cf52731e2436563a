package mx.refahub.hub.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import mx.refahub.domain.notice.Language;
import mx.refahub.pos.web.MessageFile;
import mx.refahub.pos.web.Messages;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Whoever reads a letter knows jobs by the console's names. */
class JobNamesTest {
    private static JobNames names(Map<String, Object> beans) {
        return new Notices().jobNames(new StaticListableBeanFactory(beans).getBeanProvider(Messages.class));
    }

    @Test
    void a_job_is_called_as_the_console_calls_it_in_the_letters_language() {
        JobNames names = names(Map.of("messages", Messages.of(List.of(new MessageFile("messages_console_jobs")))));
        assertThat(names.of(Language.ES, "backup")).isEqualTo("Respaldar");
        assertThat(names.of(Language.EN, "backup")).isEqualTo("Back up");
        assertThat(names.of(Language.ES, "of-another-version")).isEqualTo("of-another-version");
    }

    @Test
    void a_process_without_a_console_calls_it_as_programs_do() {
        assertThat(names(Map.of()).of(Language.ES, "backup")).isEqualTo("backup");
    }
}
