package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What holds of jobs, and the calendar of days off, in the console: calls, words and who may. */
@Configuration(proxyBeanMethods = false)
@Import({JobRulesController.class, DaysOffController.class})
class JobRulesConsole {
    @Bean
    MessageFile jobRulesMessages() {
        return new MessageFile("messages_console_jobs");
    }

    @Bean
    RunActs runActs(ObjectProvider<ActLog> acts) {
        return new RunActs(acts.getIfAvailable(() -> ActLog.NONE));
    }

    @Bean
    AccessTable jobRulesAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/job-rules", Permission.JOBS_READ.roles()),
                AccessRow.roles(PUT, "/console/api/job-rules/{job}", Permission.JOBS_RUN.roles()),
                AccessRow.roles(DELETE, "/console/api/job-rules/{job}", Permission.JOBS_RUN.roles()),
                AccessRow.roles(PUT, "/console/api/job-followers/{id}", Permission.JOBS_RUN.roles()),
                AccessRow.roles(DELETE, "/console/api/job-followers/{id}", Permission.JOBS_RUN.roles()),
                AccessRow.roles(GET, "/console/api/job-rules/changes", Permission.JOBS_READ.roles()),
                AccessRow.roles(GET, "/console/api/days-off", Permission.JOBS_READ.roles()),
                AccessRow.roles(PUT, "/console/api/days-off/week", Permission.JOBS_RUN.roles()),
                AccessRow.roles(PUT, "/console/api/days-off/{day}", Permission.JOBS_RUN.roles()),
                AccessRow.roles(DELETE, "/console/api/days-off/{day}", Permission.JOBS_RUN.roles()));
    }
}
