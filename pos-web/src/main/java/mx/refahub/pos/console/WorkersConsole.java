package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.GET;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who shares the work of the runs, in the console: its calls and its words. */
@Configuration(proxyBeanMethods = false)
@Import(WorkersController.class)
class WorkersConsole {
    @Bean
    MessageFile workersMessages() {
        return new MessageFile("messages_console_workers");
    }

    @Bean
    AccessTable workersAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/workers", Permission.JOBS_READ.roles()),
                AccessRow.roles(GET, "/console/api/runs/{id}/slices", Permission.JOBS_READ.roles()));
    }
}
