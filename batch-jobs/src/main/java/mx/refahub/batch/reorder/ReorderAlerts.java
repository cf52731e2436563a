package mx.refahub.batch.reorder;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Parameter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job reorder-alerts. One transaction of a few statements over all branches and parts, so that it sees one moment and leaves the old alerts whole if it fails:
 * <ol>
 *   <li>what each category sells in the coming month against its average month, from a year ago, between half and double; 1 without a year of sales;
 *   <li>for each branch and part, pieces a day {@code d} = sold × season + lost for want of stock, over the window;
 *       reorder point = ⌈d × lead + z × √(d × lead)⌉ (demand as Poisson's, whose variance is its mean; z of the service level), at least the minimum;
 *       target = the maximum, or the point and the days of cover on top; need = target − on hand − on the way − on order, where these do not exceed the point;
 *   <li>needs met from other branches' surplus, most urgent first from whoever has most, by laying both out on one line and cutting where they overlap;
 *   <li>alerts raised, brought up to date, withdrawn;
 *   <li>for suppliers whose orders are filled up to their minimum: what could come along, of those above their point and below their target whoever reaches the point first.
 * </ol>
 */
public final class ReorderAlerts implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(ReorderAlerts.class);
    static final String DAYS = "days";
    static final String COVER = "cover";
    static final String SERVICE = "service";
    private static final int DEAD_DAYS = 180;
    private static final int QUIET_DAYS = 7;
    private static final int MOST_DAYS = 180;
    /** Quantiles of the normal distribution: how many deviations of stock give that share of days without a lack. */
    private static final Map<String, Double> DEVIATIONS =
            Map.of("90", 1.2816, "95", 1.6449, "97.5", 1.96, "99", 2.3263);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    private ReorderAlerts(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    public static JobDefinition definition(Workshop workshop) {
        return new JobDefinition(
                workshop.job("reorder-alerts")
                        .start(workshop.step("reorder", new ReorderAlerts(workshop)))
                        .build(),
                List.of(
                        new Parameter(DAYS, Parameter.Kind.NUMBER, false, List.of(), "90"),
                        new Parameter(COVER, Parameter.Kind.NUMBER, false, List.of(), "30"),
                        new Parameter(SERVICE, Parameter.Kind.CHOICE, false, List.of("90", "95", "97.5", "99"), "95")),
                false);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        JobParameters given = contribution.getStepExecution().getJobParameters();
        // As PostgreSQL keeps it: what this run touched is known by this very moment.
        Instant moment = workshop.clock().instant().truncatedTo(ChronoUnit.MICROS);
        OffsetDateTime now = moment.atOffset(ZoneOffset.UTC);
        int days = number(given.getString(DAYS), 90);
        Map<String, Object> values = Map.of(
                "now", now,
                "run", run,
                "days", days,
                "from", now.minusDays(days),
                "dead", now.minusDays(DEAD_DAYS),
                "year", now.minusDays(365),
                "season", now.minusDays(335),
                "quiet", now.minusDays(QUIET_DAYS),
                "cover", number(given.getString(COVER), 30),
                "z", DEVIATIONS.getOrDefault(or(given.getString(SERVICE), "95"), 1.6449));
        for (String table : List.of(
                "reorder_season", "reorder_supply", "reorder_asked", "reorder_row", "reorder_move", "reorder_found"))
            jdbc.sql("drop table if exists pg_temp." + table).update();
        // One run a night goes over tens of millions of rows: what it holds against each other should not be cut into
        // hundreds of pieces on disk.
        jdbc.sql("set local work_mem = '128MB'").update();
        jdbc.sql(SEASON).params(values).update();
        jdbc.sql("analyze reorder_season").update();
        jdbc.sql(SUPPLY).update();
        jdbc.sql("analyze reorder_supply").update();
        jdbc.sql(ASKED).params(values).update();
        jdbc.sql("alter table reorder_asked add primary key (store_id, part_id)")
                .update();
        jdbc.sql("analyze reorder_asked").update();
        int rows = jdbc.sql(ROWS).params(values).update();
        jdbc.sql("create index on reorder_row (part_id)").update();
        jdbc.sql("analyze reorder_row").update();
        jdbc.sql(MOVES).update();
        jdbc.sql("analyze reorder_move").update();
        int found = jdbc.sql(FOUND).params(values).update();
        jdbc.sql("analyze reorder_found").update();
        // Whole sets are held against each other. A planner that takes the open alerts for few (of a table that was
        // empty it knows no better) would go
        // through all of them again for each that is found, those included that this very statement writes.
        jdbc.sql("analyze reorder_alert").update();
        jdbc.sql("set local enable_nestloop = off").update();
        int withdrawn = jdbc.sql(WITHDRAW).params(values).update();
        int changed = jdbc.sql(UPDATE).params(values).update();
        int raised = jdbc.sql(RAISE).params(values).update();
        jdbc.sql("analyze reorder_alert").update();
        jdbc.sql(FORGET_TRANSFERS).update();
        jdbc.sql(TRANSFERS).update();
        jdbc.sql("set local enable_nestloop = on").update();
        jdbc.sql("delete from reorder_filler").update();
        jdbc.sql(FILLERS).update();
        contribution.incrementWriteCount(raised + changed);
        workshop.runs().note(run, note());
        LOG.info(
                "reorder alerts made run={} rows={} open={} raised={} changed={} withdrawn={}",
                run,
                rows,
                found,
                raised,
                changed,
                withdrawn);
        return RepeatStatus.FINISHED;
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null || text.isBlank() ? otherwise : Math.clamp(Long.parseLong(text.strip()), 1, MOST_DAYS);
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text.strip();
    }

    private String note() {
        return jdbc.sql("""
                select format('Por pedir: %s; de ellas, %s con piezas en otra sucursal. Lento: %s. Sin movimiento: %s.',
                    to_char(count(*) filter (where kind = 'REORDER'), 'FM999,999,990'),
                    to_char(count(*) filter (where kind = 'REORDER' and from_branches > 0), 'FM999,999,990'),
                    to_char(count(*) filter (where kind = 'SLOW'), 'FM999,999,990'),
                    to_char(count(*) filter (where kind = 'DEAD'), 'FM999,999,990'))
                from reorder_alert
                where resolved_at is null
                """).query(String.class).single();
    }

    private static final String SEASON = """
        create temporary table reorder_season on commit drop as
        select p.category, greatest(0.5, least(2.0,
            case
                when min(m.at) > :season or sum(-m.quantity) <= 0 then 1
                else greatest(0, coalesce(sum(-m.quantity) filter (where m.at < :season), 0)) * 365.0 / (sum(-m.quantity) * 30.0)
            end))::float8 as factor
        from stock_movement m
        join part p on p.id = m.part_id
        where m.kind in ('SALE', 'RETURN')
        and m.at >= :year
        group by p.category
        """;

    /** Who sells a part: the one last heard of with a cost. Lead: measured over at least three orders, else agreed, else a week. */
    private static final String SUPPLY = """
        create temporary table reorder_supply on commit drop as
        select distinct on (sp.part_id) sp.part_id, sp.supplier_id, sp.their_number, sp.cost, sp.pack,
            coalesce(case when l.orders >= 3 then l.days end, nullif(s.lead_days, 0), 7)::float8 as lead, s.fill_up and s.minimum_order > 0 as fills
        from supplier_part sp
        join supplier s on s.id = sp.supplier_id and s.archived_at is null
        left join supplier_lead l on l.supplier_id = s.id
        order by sp.part_id, sp.cost is null, sp.noted_at desc, sp.supplier_id
        """;

    /** What was sold or asked for in vain: a table of its own, so that the planner knows how small it is beside the stock that is read past it. */
    private static final String ASKED = """
        create temporary table reorder_asked on commit drop as
        with sold as (
            select store_id, part_id, max(at) filter (where kind = 'SALE') as last_at,
                greatest(0, coalesce(sum(-quantity) filter (where at >= :from), 0))::float8 / 1000 as pieces
            from stock_movement
            where kind in ('SALE', 'RETURN')
            and at >= least(:from, :dead)
            group by store_id, part_id),
        lost as (
            select store_id, part_id, sum(quantity)::float8 / 1000 as pieces
            from lost_sale
            where part_id is not null
            and at >= :from
            group by store_id, part_id)
        select store_id, part_id, s.last_at, coalesce(s.pieces, 0) as sold, coalesce(l.pieces, 0) as lost
        from sold s
        full join lost l using (store_id, part_id)
        """;

    private static final String ROWS = """
        create temporary table reorder_row on commit drop as
        with known as (
            select store_id, part_id, h.on_hand, h.value, h.minimum, h.maximum, coalesce(h.last_cost_at, h.as_of) as came_at, a.last_at,
                coalesce(a.sold, 0) as sold, coalesce(a.lost, 0) as lost
            from stock_on_hand h
            full join reorder_asked a using (store_id, part_id)),
        ordered as materialized (
            select o.store_id, l.part_id, sum(greatest(0, l.quantity - l.received))::bigint as pieces
            from purchase_order o
            join purchase_order_line l on l.order_id = o.id
            where o.approved_at is not null
            and o.received_at is null
            and o.closed_at is null
            and o.cancelled_at is null
            group by o.store_id, l.part_id),
        coming as materialized (
            select t.to_store as store_id, w.part_id, sum(w.quantity)::bigint as pieces
            from stock_in_transit w
            join stock_transfer t on t.number = w.number
            where w.quantity > 0
            and t.sent_at is not null
            group by t.to_store, w.part_id),
        figured as (
            select k.store_id, k.part_id, coalesce(k.on_hand, 0) as on_hand, coalesce(c.pieces, 0) as on_way, coalesce(o.pieces, 0) as on_order,
                coalesce(k.value, 0) as value, k.minimum, k.maximum, k.last_at, k.came_at,
                coalesce(s.factor, 1) as season, u.supplier_id, u.their_number, u.cost, coalesce(u.pack, 1000) as pack, coalesce(u.lead, 7) as lead,
                coalesce(u.fills and u.cost > 0, false) as fills, k.sold / :days * coalesce(s.factor, 1) as sold_day, k.lost / :days as lost_day,
                b.closed_at is null as open
            from known k
            join store b on b.id = k.store_id
            join part p on p.id = k.part_id and p.removed_at is null
            left join ordered o on o.store_id = k.store_id and o.part_id = k.part_id
            left join coming c on c.store_id = k.store_id and c.part_id = k.part_id
            left join reorder_season s on s.category = p.category
            left join reorder_supply u on u.part_id = k.part_id),
        pointed as (
            select f.*, sold_day + lost_day as per_day, case
                    when not open then 0
                    else greatest(coalesce(minimum, 0),
                        1000 * ceil((sold_day + lost_day) * lead + :z * sqrt((sold_day + lost_day) * lead) - 1e-9)::bigint)
                end as point
            from figured f),
        aimed as (
            select p.*, case
                    when not open then 0
                    else greatest(coalesce(maximum, point + 1000 * ceil(per_day * :cover - 1e-9)::bigint), point)
                end as target
            from pointed p)
        select store_id, part_id, on_hand, on_way, on_order, value, minimum, last_at, came_at, season, supplier_id, their_number, cost, pack, lead,
            sold_day, lost_day, per_day, point, target,
            fills and per_day > 0 and on_hand + on_way + on_order > point and on_hand + on_way + on_order < target as fills,
            case
                when point > 0 and on_hand + on_way + on_order <= point then 1000 * ceil((target - on_hand - on_way - on_order) / 1000.0)::bigint
                else 0
            end as need,
            case
                when on_hand + on_way + on_order > point or point = 0 then greatest(0, on_hand - target) / 1000 * 1000
                else 0
            end as spare
        from aimed
        where point > 0 and on_hand + on_way + on_order <= point
        or on_hand > target
        or fills and per_day > 0 and on_hand + on_way + on_order > point and on_hand + on_way + on_order < target
        """;

    private static final String MOVES = """
        create temporary table reorder_move on commit drop as
        with needs as (
            select store_id, part_id, need,
                sum(need) over (partition by part_id order by (on_hand + on_way + on_order)::float8 / point, store_id)::bigint as upto
            from reorder_row
            where need > 0),
        spares as (
            select store_id, part_id, spare, sum(spare) over (partition by part_id order by spare desc, store_id)::bigint as upto
            from reorder_row r
            where spare > 0
            and exists (
                select
                from reorder_row n
                where n.part_id = r.part_id
                and n.need > 0))
        select n.store_id, n.part_id, s.store_id as from_store,
            least(n.upto, s.upto) - greatest(n.upto - n.need, s.upto - s.spare) as quantity
        from needs n
        join spares s on s.part_id = n.part_id
        and s.upto > n.upto - n.need
        and n.upto > s.upto - s.spare
        """;

    private static final String FOUND = """
        create temporary table reorder_found on commit drop as
        select r.store_id, r.part_id, k.kind, r.on_hand, r.on_way, r.on_order, round(r.per_day::numeric, 4) as per_day,
            round(r.lost_day::numeric, 4) as lost_per_day, round(r.season::numeric, 3) as season, round(r.lead::numeric, 2) as lead_days, r.point, r.target,
            r.need, coalesce(m.quantity, 0) as from_branches, o.pieces as to_order,
            case when k.kind = 'REORDER' then round(coalesce(r.cost, 0) * o.pieces / 10)::bigint else r.value end as value,
            (r.last_at at time zone 'UTC')::date as last_sold_on, r.supplier_id, r.their_number, r.cost
        from reorder_row r
        left join (
            select store_id, part_id, sum(quantity)::bigint as quantity
            from reorder_move
            group by store_id, part_id) m on m.store_id = r.store_id and m.part_id = r.part_id
        cross join lateral (
            select case
                when r.need > 0 then 'REORDER'
                when r.on_hand > 0 and r.came_at < :dead and coalesce(r.last_at < :dead, true) and r.minimum is null then 'DEAD'
                when r.on_hand > 0 and r.came_at < :from and r.per_day > 0 and r.on_hand / 1000.0 > r.per_day * 365 then 'SLOW'
            end as kind) k
        cross join lateral (
            select ceil(greatest(0, r.need - coalesce(m.quantity, 0)) / cast(r.pack as numeric))::bigint * r.pack as pieces) o
        where k.kind is not null
        and not r.fills
        and not exists (
            select
            from reorder_alert done
            where done.store_id = r.store_id
            and done.part_id = r.part_id
            and done.kind = k.kind
            and done.resolved_by is not null
            and done.resolved_at > :quiet)
        """;

    private static final String FIGURES =
            "kind, on_hand, on_way, on_order, per_day, lost_per_day, season, lead_days, point, target, need, from_branches, to_order, value, last_sold_on, supplier_id, their_number, cost";

    private static String of(String table) {
        return Arrays.stream(FIGURES.split(", "))
                .map(column -> table + "." + column)
                .collect(Collectors.joining(", "));
    }

    /** An alert that says what it said is not written again: most of a night's alerts are those of the night before. */
    private static final String UPDATE = """
        update reorder_alert a
        set (%s) = (%s), seen_at = :now, run_id = :run,
            raised_at = case when a.kind = f.kind then a.raised_at else :now end,
            acknowledged_at = case when a.kind = f.kind then a.acknowledged_at end,
            acknowledged_by = case when a.kind = f.kind then a.acknowledged_by end,
            snoozed_until = case when a.kind = f.kind then a.snoozed_until end,
            snoozed_by = case when a.kind = f.kind then a.snoozed_by end
        from reorder_found f
        where a.resolved_at is null
        and a.store_id = f.store_id
        and a.part_id = f.part_id
        and (%s) is distinct from (%s)
        """.formatted(FIGURES, of("f"), of("a"), of("f"));

    private static final String RAISE = """
        insert into reorder_alert (store_id, part_id, raised_at, seen_at, run_id, %s)
        select f.store_id, f.part_id, :now, :now, :run, %s
        from reorder_found f
        where not exists (
            select
            from reorder_alert a
            where a.store_id = f.store_id
            and a.part_id = f.part_id
            and a.resolved_at is null)
        """.formatted(FIGURES, of("f"));

    /** Nobody resolved it: the cause is gone. */
    private static final String WITHDRAW = """
        update reorder_alert a
        set resolved_at = :now, resolved_why = ''
        where a.resolved_at is null
        and not exists (
            select
            from reorder_found f
            where f.store_id = a.store_id
            and f.part_id = a.part_id)
        """;

    /** A proposal that stands is not written again. */
    private static final String FORGET_TRANSFERS = """
        delete from reorder_transfer t
        using reorder_alert a
        where a.id = t.alert_id
        and a.resolved_at is null
        and not exists (
            select
            from reorder_move m
            where m.store_id = a.store_id
            and m.part_id = a.part_id
            and m.from_store = t.from_store
            and m.quantity = t.quantity)
        """;

    private static final String TRANSFERS = """
        insert into reorder_transfer (alert_id, from_store, quantity)
        select a.id, m.from_store, m.quantity
        from reorder_move m
        join reorder_alert a on a.store_id = m.store_id and a.part_id = m.part_id and a.resolved_at is null
        where not exists (
            select
            from reorder_transfer t
            where t.alert_id = a.id
            and t.from_store = m.from_store)
        """;

    /**
     * Whole packs up to the target, by the days that are left above the reorder point, until a supplier's minimum is reached by them alone: the board takes of them what the
     * suggestion lacks by then.
     */
    private static final String FILLERS = """
        insert into reorder_filler (store_id, part_id, supplier_id, their_number, cost, pack, room, available, point, target, per_day, days, position)
        with below as (
            select f.store_id, f.supplier_id, s.minimum_order
            from reorder_found f
            join supplier s on s.id = f.supplier_id and s.fill_up
            where f.kind = 'REORDER'
            and f.to_order > 0
            group by f.store_id, f.supplier_id, s.minimum_order
            having sum(coalesce(f.cost, 0) * f.to_order / 10) < s.minimum_order),
        roomy as (
            select r.*, on_hand + on_way + on_order as available, (target - on_hand - on_way - on_order) / pack * pack as room,
                (on_hand + on_way + on_order - point) / 1000.0 / per_day as days
            from reorder_row r
            where r.fills),
        ranked as (
            select r.*, b.minimum_order, row_number() over nearest as position,
                coalesce(sum(r.cost * r.room / 10) over (nearest rows between unbounded preceding and 1 preceding), 0) as before
            from roomy r
            join below b on b.store_id = r.store_id and b.supplier_id = r.supplier_id
            where r.room > 0
            window nearest as (partition by r.store_id, r.supplier_id order by r.days, r.part_id))
        select store_id, part_id, supplier_id, their_number, cost, pack, room, available, point, target, round(per_day::numeric, 4), round(days::numeric, 2),
            position
        from ranked
        where before < minimum_order
        """;
}
