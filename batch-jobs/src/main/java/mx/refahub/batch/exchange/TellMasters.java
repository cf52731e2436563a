package mx.refahub.batch.exchange;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Master;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One call in each turn, with no transaction open; what the ERP took is written down after it, then how far the step has come. A run that dies in between
 * tells some a second time, which is the same as once.
 */
final class TellMasters implements Tasklet {
    private static final String TOLD = "told";
    private static final String REFUSED = "refused";
    private static final String CURSOR = "after";
    private static final int AHEAD = 2_000;

    private record Ahead(long step, List<Master> masters) {}

    private final Workshop workshop;
    private final ErpDoors doors;
    private final ErpMasters masters;
    private final Master.Kind kind;
    /** Another run at the same time takes it away, which costs a pass. */
    private final AtomicReference<@Nullable Ahead> ahead = new AtomicReference<>();

    TellMasters(Workshop workshop, ErpDoors doors, ErpMasters masters, Master.Kind kind) {
        this.workshop = workshop;
        this.doors = doors;
        this.masters = masters;
        this.kind = kind;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        StepExecution step = contribution.getStepExecution();
        ErpTarget target =
                ErpExchange.target(String.valueOf(step.getJobParameters().getString(ErpExchange.TARGET)));
        ErpGateway gateway =
                doors.gateway(target).orElseThrow(() -> new RunRefused("Con ese sistema no se habla; elige otro."));
        if (!step.getExecutionContext().containsKey(Workshop.TOTAL)) begin(step, gateway, target);
        List<Master> due = due(step, target);
        if (due.isEmpty()) {
            note(step, target);
            return RepeatStatus.FINISHED;
        }
        List<Master> some = due.subList(0, Math.min(due.size(), gateway.batch()));
        List<Delivery> outcomes = put(gateway, some);
        workshop.together(() -> masters.told(target, kind, some, outcomes));
        count(contribution, outcomes);
        for (Delivery each : outcomes)
            if (each instanceof Delivery.Unreachable lost)
                throw RunRefused.forNow(
                        "El sistema no contesta: " + lost.reason() + ". Reanuda la corrida cuando conteste.");
        step.getExecutionContext().putString(CURSOR, some.getLast().key());
        ahead.set(new Ahead(step.getId(), due.subList(some.size(), due.size())));
        return RepeatStatus.CONTINUABLE;
    }

    /** What is due is found in one pass over all there is, so it is found for many turns. One that changes behind the cursor is told by the next run. */
    private List<Master> due(StepExecution step, ErpTarget target) {
        Ahead found = ahead.getAndSet(null);
        return found != null && found.step() == step.getId() && !found.masters().isEmpty()
                ? found.masters()
                : masters.due(target, kind, step.getExecutionContext().getString(CURSOR, ""), AHEAD);
    }

    private void begin(StepExecution step, ErpGateway gateway, ErpTarget target) {
        if (!gateway.isConnected())
            throw new RunRefused("Ese sistema no está conectado o está apagado. Conéctalo en Conexiones.");
        if (kind == Master.Kind.PARTS && "true".equals(step.getJobParameters().getString(ErpMastersJob.AGAIN)))
            masters.forgetRefused(target);
        step.getExecutionContext().putLong(Workshop.TOTAL, masters.left(target, kind));
        step.getExecutionContext().putLong(TOLD, 0);
        step.getExecutionContext().putLong(REFUSED, 0);
    }

    private static List<Delivery> put(ErpGateway gateway, List<Master> some) {
        try {
            return gateway.put(some);
        } catch (Failure e) {
            if (e.kind() == FailureKind.BUG) throw e;
            String sentence = String.valueOf(e.getMessage());
            throw e.kind() == FailureKind.RETRYABLE ? RunRefused.forNow(sentence) : new RunRefused(sentence);
        }
    }

    private static void count(StepContribution contribution, List<Delivery> outcomes) {
        StepExecution step = contribution.getStepExecution();
        for (Delivery each : outcomes) {
            contribution.incrementReadCount();
            if (each instanceof Delivery.Delivered) {
                contribution.incrementWriteCount(1);
                more(step, TOLD);
            }
            if (each instanceof Delivery.Refused) {
                contribution.incrementProcessSkipCount();
                more(step, REFUSED);
            }
        }
    }

    /** Kept over restarts, unlike Batch's own counts. */
    private static void more(StepExecution step, String count) {
        step.getExecutionContext().putLong(count, step.getExecutionContext().getLong(count, 0) + 1);
    }

    private void note(StepExecution step, ErpTarget target) {
        long told = step.getExecutionContext().getLong(TOLD, 0);
        long refused = step.getExecutionContext().getLong(REFUSED, 0);
        // A system without a single code is told nothing of the kind: that is then all there is to say.
        boolean nowhere = switch (kind) {
            case STOCK -> count(target, "WAREHOUSE") == 0;
            case PRICES -> count(target, "PRICE_LIST") == 0;
            case PARTS, CUSTOMERS -> false;
        };
        String lacks = switch (kind) {
            case STOCK -> lacksWarehouses(target, nowhere);
            case PRICES -> nowhere ? MasterWords.withoutPriceList() : "";
            case PARTS, CUSTOMERS -> "";
        };
        if (told + refused > 0 || lacks.isEmpty() || !nowhere)
            workshop.runs().note(Workshop.run(step), MasterWords.told(kind, told, refused));
        if (!lacks.isEmpty()) workshop.runs().note(Workshop.run(step), lacks);
    }

    private String lacksWarehouses(ErpTarget target, boolean nowhere) {
        List<String> lacking = JdbcClient.create(workshop.dataSource())
                .sql("""
                    select s.name
                    from store s
                    where s.closed_at is null
                    and not exists (
                        select from erp_code c
                        where c.target = :target
                        and c.kind = 'WAREHOUSE'
                        and c.ours = s.code)
                    order by s.code
                    """)
                .param("target", target.name())
                .query((row, n) -> row.getString(1))
                .list();
        return lacking.isEmpty() ? "" : MasterWords.withoutWarehouse(lacking, nowhere);
    }

    private long count(ErpTarget target, String code) {
        return JdbcClient.create(workshop.dataSource())
                .sql("select count(*) from erp_code where target = :target and kind = :kind")
                .param("target", target.name())
                .param("kind", code)
                .query(Long.class)
                .single();
    }
}
