package mx.refahub.batch.market;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
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
import org.springframework.jdbc.core.simple.JdbcClient;
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
                .start(workshop.step("plan-listings", new Turn(LISTINGS, Said.PLANNED, this::plan)))
                .next(workshop.step("send-listings", new Turn(LISTINGS, Said.SENT, this::send)))
                .next(workshop.step("fetch-orders", new Turn(ORDERS, Said.FETCHED, this::fetch)))
                .build();
    }
    // @formatter:on

    /** @param count what a person is told of, @param more whether another turn may find something */
    private record Did(long count, boolean more) {}

    private Did plan(Seller seller) {
        return new Did(counter.plan(seller.connection()), false);
    }

    private Did send(Seller seller) {
        long published = traffic.publish(seller.connection());
        long sent = published > 0 ? published : traffic.change(seller.connection());
        return new Did(sent, sent > 0);
    }

    private Did fetch(Seller seller) {
        long found = traffic.look(seller.connection());
        long fetched = traffic.fetch();
        return new Did(fetched, found + fetched > 0);
    }

    /** What was sent may have been refused, now or before: it stands still until a person looks. */
    private String refused(List<Seller> sellers) {
        long refused = JdbcClient.create(workshop.dataSource())
                .sql("""
                    select count(*)
                    from market_listing
                    where state = 'REFUSED'
                    and connection_id in (:connections)
                    """)
                .param("connections", sellers.stream().map(Seller::connection).toList())
                .query(Long.class)
                .single();
        return switch ((int) Math.min(refused, 2)) {
            case 0 -> "";
            case 1 -> " Hay 1 rechazada por el mercado; el motivo está en Mercados, Publicaciones.";
            default ->
                String.format(
                        Locale.ROOT,
                        " Hay %,d rechazadas por el mercado; el motivo de cada una está en Mercados, Publicaciones.",
                        refused);
        };
    }

    /** What a step did, for whoever reads the run. */
    private enum Said {
        PLANNED,
        SENT,
        FETCHED;

        String sentence(long count) {
            return switch (this) {
                case PLANNED ->
                    counted(
                            count,
                            "Todas las publicaciones están al día",
                            "publicación por mandar",
                            "publicaciones por mandar");
                case SENT ->
                    counted(count, "No se mandó ninguna publicación", "publicación mandada", "publicaciones mandadas");
                case FETCHED ->
                    counted(
                            count,
                            "Sin pedidos ni preguntas nuevas",
                            "aviso de pedidos o preguntas atendido",
                            "avisos de pedidos o preguntas atendidos");
            };
        }

        private static String counted(long count, String none, String one, String many) {
            return count == 0 ? none + "." : String.format(Locale.ROOT, "%,d %s.", count, count == 1 ? one : many);
        }
    }

    /** One batch for each seller a turn, until none has anything left; stopping and progress come between the turns. */
    private final class Turn implements Tasklet {
        private final String part;
        private final Said said;
        private final Function<Seller, Did> act;

        Turn(String part, Said said, Function<Seller, Did> act) {
            this.part = part;
            this.said = said;
            this.act = act;
        }

        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
            String what = contribution.getStepExecution().getJobParameters().getString(WHAT);
            if (what != null && !what.isBlank() && !what.equals(ALL) && !what.equals(part))
                return RepeatStatus.FINISHED;
            long run = Workshop.run(contribution.getStepExecution());
            List<Seller> sellers = counter.sellers();
            if (sellers.isEmpty()) {
                workshop.runs().note(run, "No hay mercados conectados; hazlo en Conexiones.");
                return RepeatStatus.FINISHED;
            }
            List<Did> turn = Objects.requireNonNull(
                    outside.execute(status -> sellers.stream().map(act).toList()));
            long now = turn.stream().mapToLong(Did::count).sum();
            // What is planned is counted by the step that sends it.
            if (said != Said.PLANNED) contribution.incrementWriteCount(now);
            if (turn.stream().anyMatch(Did::more)) return RepeatStatus.CONTINUABLE;
            long all = said == Said.PLANNED
                    ? now
                    : contribution.getStepExecution().getWriteCount() + contribution.getWriteCount();
            workshop.runs().note(run, said.sentence(all) + (said == Said.SENT ? refused(sellers) : ""));
            return RepeatStatus.FINISHED;
        }
    }
}
