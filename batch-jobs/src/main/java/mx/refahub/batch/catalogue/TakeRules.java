package mx.refahub.batch.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts a person's rules in the place of those there are, if a file was given; and hands the rules out as they now are. */
final class TakeRules implements Tasklet {
    private final Workshop workshop;
    private final CategoryRules rules;

    TakeRules(Workshop workshop) {
        this.workshop = workshop;
        rules = new CategoryRules(JdbcClient.create(workshop.dataSource()));
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws IOException {
        long run = Workshop.run(contribution.getStepExecution());
        Optional<Path> file = workshop.folders().file(run, CategoryRules.FILE);
        if (file.isPresent())
            workshop.runs().note(run, String.format(Locale.ROOT, "Reglas nuevas: %,d.", rules.replace(file.get())));
        rules.write(workshop.folders().making(run).resolve("rules.csv"));
        return RepeatStatus.FINISHED;
    }
}
