package mx.refahub.batch.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.erp.ErpDeliveries.Standing;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpSender.Sent;
import mx.refahub.domain.erp.ExportBooks.Export;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Brings the export's postings to a target that is spoken to, some calls in each turn. What is settled stays settled, however the run ends. */
final class SendEntries implements Tasklet {
    private static final Duration LOOK = Duration.ofMillis(250);
    /** From then on a person is told what is waited for. */
    private static final Duration SLOW = Duration.ofSeconds(15);

    private static final String UNDER_WAY =
            "Unas entregas iban en camino cuando se interrumpió y el sistema pudo haberlas asentado: se espera hasta 10 minutos y se le pregunta antes de enviarlas otra vez.";
    /** As long as a claim. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

    private final Workshop workshop;
    private final ErpDoors doors;
    private final Optional<ErpExchange.Spoken> spoken;

    SendEntries(Workshop workshop, ErpDoors doors, Optional<ErpExchange.Spoken> spoken) {
        this.workshop = workshop;
        this.doors = doors;
        this.spoken = spoken;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        StepExecution step = contribution.getStepExecution();
        long run = Workshop.run(step);
        Asked asked = Asked.of(step, doors, workshop.clock());
        if (!asked.target().isSpoken()) return RepeatStatus.FINISHED;
        ErpExchange.Spoken way = spoken.orElseThrow();
        Export export = asked.export(doors, run);
        expect(step, way.deliveries().ofExport(export.id(), asked.target()));
        Sent sent = way.sender().send(asked.target());
        for (int i = 0; i < sent.delivered() + sent.refused(); i++) contribution.incrementReadCount();
        contribution.incrementWriteCount(sent.delivered());
        if (sent.delivered() + sent.refused() > 0) step.getExecutionContext().remove(since(step));
        if (sent.more()) return RepeatStatus.CONTINUABLE;
        String rests =
                doors.gateway(asked.target()).flatMap(ErpGateway::resting).orElse("");
        if (!rests.isEmpty()) throw new RunRefused(rests + " Lo exportado espera; se envía solo después.");
        Standing left = way.deliveries().ofExport(export.id(), asked.target());
        if (left.waiting() > 0 && way.deliveries().isUnderWay(export.id(), asked.target()) && isWorthALook(step)) {
            if (looked(step) > SLOW.toMillis()) workshop.runs().note(run, UNDER_WAY);
            LockSupport.parkNanos(LOOK.toNanos());
            return RepeatStatus.CONTINUABLE;
        }
        if (left.waiting() > 0)
            throw RunRefused.forNow(ExportWords.counted(left.waiting(), "entrega espera", "entregas esperan")
                    + " porque el sistema no contesta. Se envían solas cuando conteste; o reanuda la corrida.");
        doors.books().written(export.id());
        workshop.runs().unsay(run, UNDER_WAY);
        if (left.delivered() + left.refused() > 0) workshop.runs().note(run, sentence(export, left));
        return RepeatStatus.FINISHED;
    }

    /** The tick has them in hand: it settles them, or its claim runs out and they are sent here. */
    private boolean isWorthALook(StepExecution step) {
        return looked(step) <= LONGEST_LOOK.toMillis();
    }

    private long looked(StepExecution step) {
        long now = workshop.clock().millis();
        if (!step.getExecutionContext().containsKey(since(step)))
            step.getExecutionContext().putLong(since(step), now);
        return now - step.getExecutionContext().getLong(since(step));
    }

    private static String since(StepExecution step) {
        return "under-way." + step.getId();
    }

    private static void expect(StepExecution step, Standing standing) {
        if (!step.getExecutionContext().containsKey(Workshop.TOTAL))
            step.getExecutionContext().putLong(Workshop.TOTAL, standing.waiting());
    }

    private String sentence(Export export, Standing left) {
        String delivered = left.delivered() == 0
                ? "Nada se entregó al sistema"
                : "El sistema recibió: " + ExportWords.delivered(workshop.dataSource(), export, "DELIVERED");
        return left.refused() == 0
                ? delivered + "."
                : delivered + ". Rechazó: " + ExportWords.delivered(workshop.dataSource(), export, "REFUSED")
                        + "; corrígelo en Contabilidad, Entregas.";
    }
}
