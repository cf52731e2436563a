package mx.refahub.batch.market;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.MarketCounter.Seller;
import mx.refahub.domain.market.MarketTraffic;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The job marketplace-exchange. See README.md beside this file. */
public final class MarketplaceExchange {
    static final String WHAT = "what";
    static final String ALL = "all";
    static final String LISTINGS = "listings";
    static final String ORDERS = "orders";

    private final Workshop workshop;
    private final MarketCounter counter;
    private final MarketTraffic traffic;
    private final TransactionTemplate outside;

    private MarketplaceExchange(Workshop workshop, MarketCounter counter, MarketTraffic traffic) {
        this.workshop = workshop;
        this.counter = counter;
        this.traffic = traffic;
        // What is said to a marketplace cannot be rolled back: what is known of it must not hang on the step's
        // transaction.
        outside = new TransactionTemplate(new JdbcTransactionManager(workshop.dataSource()));
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    }

    public static JobDefinition definition(Workshop workshop, MarketCounter counter, MarketTraffic traffic) {
        return new JobDefinition(
                new MarketplaceExchange(workshop, counter, traffic).job(),
                List.of(new Parameter(WHAT, Parameter.Kind.CHOICE, true, List.of(ALL, LISTINGS, ORDERS), ALL)),
                false);
    }

    // @formatter:off
    private Job job() {
        return workshop.job("marketplace-exchange")
                .start(workshop.step("plan-listings", new Turn(LISTINGS, seller -> { counter.plan(seller.connection()); return 0; })))
                .next(workshop.step("send-listings", new Turn(LISTINGS, this::send)))
                .next(workshop.step("fetch-orders", new Turn(ORDERS, this::fetch)))
                .build();
    }
    // @formatter:on

    private long send(Seller seller) {
        long published = traffic.publish(seller.connection());
        return published > 0 ? published : traffic.change(seller.connection());
    }

    private long fetch(Seller seller) {
        long found = traffic.look(seller.connection());
        long fetched = traffic.fetch();
        return found + fetched;
    }

    /** One batch for each seller a turn, until none has anything left; stopping and progress come between the turns. */
    private final class Turn implements Tasklet {
        private final String part;
        private final ToLongFunction<Seller> act;

        Turn(String part, ToLongFunction<Seller> act) {
            this.part = part;
            this.act = act;
        }

        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
            String what = contribution.getStepExecution().getJobParameters().getString(WHAT);
            if (what != null && !what.isBlank() && !what.equals(ALL) && !what.equals(part))
                return RepeatStatus.FINISHED;
            List<String> names = new ArrayList<>();
            Long done = outside.execute(status -> {
                long sum = 0;
                for (Seller seller : counter.sellers()) {
                    sum += act.applyAsLong(seller);
                    names.add(seller.name());
                }
                return sum;
            });
            if (names.isEmpty())
                workshop.runs()
                        .note(
                                Workshop.run(contribution.getStepExecution()),
                                "No hay mercados conectados; hazlo en Conexiones.");
            if (done == null || done == 0) return RepeatStatus.FINISHED;
            contribution.incrementWriteCount(done);
            return RepeatStatus.CONTINUABLE;
        }
    }
}
