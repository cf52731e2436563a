package mx.refahub.hub.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** One look, from the measurements to what must be told; all statements are about all stores and rules at once. */
@Mapper
interface WatchTable {
    /** Held to the end of the transaction; false: another process is looking. */
    @Select("select pg_try_advisory_xact_lock(7214600940)")
    boolean lock();

    /** The company's day is its branches'; the first one's clock stands for all. */
    @Select("""
        select coalesce((select time_zone from store where closed_at is null order by code limit 1), 'America/Mexico_City')
        """)
    String zone();

    @Delete("delete from alert_observed")
    int forgetLastLook();

    @Insert("""
        insert into alert_observed (kind, subject, name, store_id, value, detail)
        with open_store as (
            select s.id, s.name, h.received_at, h.sent_at, h.disk_free_bytes, greatest(coalesce(h.outbox_last, 0) - l.landed, 0) as lag,
                l.frozen_at, l.frozen_cause || ' ' || l.frozen_sequence as frozen, c.asks
            from store s
            join landing l on l.store_id = s.id
            left join store_heartbeat h on h.store_id = s.id
            left join lateral (
                select c.cause || ' ' || c.here as asks
                from store_claim c
                where c.store_id = s.id
                and c.cause <> 'COPIED'
                and c.granted_at is null
                and c.taken_at is null
                and c.last_at > cast(#{now} as timestamptz) - interval '10 minutes'
                order by c.last_at desc
                limit 1) c on true
            where s.closed_at is null
            and not exists (select 1 from store_cut_off c where c.store_id = s.id))
        select 'STORE_SILENT', id::text, name, id, floor(extract(epoch from cast(#{now} as timestamptz) - received_at) / 60)::bigint, ''
        from open_store
        where received_at <= cast(#{now} as timestamptz) - interval '1 minute'
        union all
        select 'STORE_LAG', id::text, name, id, lag, ''
        from open_store
        where lag > 0
        union all
        select 'STORE_FROZEN', id::text, name, id, 1, coalesce(frozen, asks, '')
        from open_store
        where frozen_at is not null
        or asks is not null
        union all
        select 'DISK_LOW', id::text, name, id, disk_free_bytes / 1048576, ''
        from open_store
        where disk_free_bytes > 0
        union all
        select 'CLOCK_OFF', id::text, name, id, abs(extract(epoch from sent_at - received_at))::bigint, ''
        from open_store
        where received_at is not null
        union all
        select 'PARKED', s.id::text, s.name, s.id, count(*), ''
        from document_to_apply q
        join open_store s on s.id = q.store_id
        where q.parked_at is not null
        group by s.id, s.name
        union all
        select 'QUEUE_DEPTH', 'document-apply', 'document-apply', null, count(*), ''
        from document_to_apply
        where parked_at is null
        and waiting_since is null
        having count(*) > 0
        union all
        select 'RECONCILIATION', s.id::text, s.name, s.id, count(*), ''
        from reconciliation_finding f
        join open_store s on s.id = f.store_id
        where f.gone_at is null
        and f.settled_at is null
        group by s.id, s.name
        union all
        select 'REORDER', s.id::text, s.name, s.id, count(*),
            string_agg(p.line_code || ' ' || p.part_number, ', ' order by a.value desc, p.part_number) filter (where a.place <= 8)
        from (
            select store_id, part_id, value, row_number() over (partition by store_id order by value desc, part_id) as place
            from reorder_alert
            where kind = 'REORDER'
            and resolved_at is null
            and acknowledged_at is null
            and (snoozed_until is null or snoozed_until <= cast(#{now} as timestamptz))) a
        join open_store s on s.id = a.store_id
        join part p on p.id = a.part_id
        group by s.id, s.name
        """)
    int observeStores(Instant now);

    /** A run that was taken up again is not over yet, nor is it new. */
    @Insert("""
        insert into alert_observed (kind, subject, name, job, value, held, detail)
        select 'JOB_FAILED', job, job, job, case when status = 'FAILED' then 1 else 0 end, status <> 'DONE' and status <> 'DISCARDED',
            left(failure, 300)
        from (
            select distinct on (job) job, status, failure
            from job_run
            order by job, id desc) newest
        union all
        select 'JOB_LATE', 'run:' || id, job, job, floor(extract(epoch from cast(#{now} as timestamptz) - started_at) / 60)::bigint, false, ''
        from job_run
        where status = 'RUNNING'
        and started_at < cast(#{now} as timestamptz)
        """)
    int observeJobs(Instant now);

    @Insert("""
        insert into alert_observed (kind, subject, name, job, value)
        select #{kind}, subject, name, job, value
        from unnest(#{subjects}, #{names}, cast(#{jobs} as text[]), #{values}) r (subject, name, job, value)
        on conflict (kind, subject) do update
        set value = excluded.value
        """)
    int observe(String kind, String[] subjects, String[] names, String[] jobs, Long[] values);

    record DueRow(String schedule, long minutes) {}

    /** Schedules whose time has passed and nobody started them. */
    @Select("""
        select job_name as schedule, floor((extract(epoch from cast(#{now} as timestamptz)) - next_fire_time / 1000) / 60)::bigint as minutes
        from qrtz_triggers
        where trigger_group = 'schedule'
        and trigger_state not in ('PAUSED', 'PAUSED_BLOCKED', 'COMPLETE')
        and next_fire_time > 0
        and next_fire_time < (extract(epoch from cast(#{now} as timestamptz)) - 60) * 1000
        """)
    List<DueRow> overdue(Instant now);

    /** A rule and what it sees. low: less is worse. still: not good enough to be over, with a tenth to spare, so that it does not flap. */
    String SEEN = """
        select r.id as rule_id, o.kind, o.subject, o.name, o.store_id, o.value, o.detail,
            case when o.kind = 'DISK_LOW' then o.value < r.threshold else o.value >= r.threshold end as bad,
            o.held or case when o.kind = 'DISK_LOW' then o.value < ceil(r.threshold * 1.1) else o.value >= ceil(r.threshold * 0.9) end as still
        from alert_rule r
        join alert_observed o on o.kind = r.kind
        where r.enabled
        and r.removed_at is null
        and (r.store_id is null or r.store_id = o.store_id)
        and (r.job is null or r.job = o.job)
        """;

    @Select(value = "with seen as (" + SEEN + """
        ), raised as (
            insert into alert (rule_id, kind, subject, name, store_id, value, threshold, detail, raised_at, seen_at)
            select rule_id, kind, subject, name, store_id, value, (select r.threshold from alert_rule r where r.id = seen.rule_id), detail,
                cast(#{now} as timestamptz), cast(#{now} as timestamptz)
            from seen
            where bad
            on conflict (rule_id, subject) where resolved_at is null do nothing
            returning id)
        insert into alert_event (alert_id, at, what)
        select id, cast(#{now} as timestamptz), 'RAISED'
        from raised
        returning alert_id
        """, affectData = true)
    List<UUID> raise(Instant now);

    /**
     * What happened since the rule was made or changed, each once: the parts that one run of the reorder job raised for a branch, and each sale of so many pesos. What comes
     * to be known later than a day after it happened is news no more.
     */
    @Select(value = """
        with happened as (
            select r.id as rule_id, r.kind, s.id || ' ' || extract(epoch from a.raised_at) as subject, s.name, s.id as store_id, count(*) as value,
                string_agg(p.line_code || ' ' || p.part_number, ', ' order by a.value desc, p.part_number) filter (where a.place <= 8) as detail
            from (
                select store_id, part_id, value, raised_at,
                    row_number() over (partition by store_id, raised_at order by value desc, part_id) as place
                from reorder_alert
                where kind = 'REORDER'
                and resolved_at is null
                and raised_at > cast(#{now} as timestamptz) - interval '1 day') a
            join alert_rule r on r.kind = 'LOW_STOCK'
                and r.enabled
                and r.removed_at is null
                and r.changed_at < a.raised_at
                and (r.store_id is null or r.store_id = a.store_id)
            join store s on s.id = a.store_id and s.closed_at is null
            join part p on p.id = a.part_id
            where not exists (select 1 from store_cut_off c where c.store_id = s.id)
            group by r.id, r.kind, r.threshold, s.id, s.name, a.raised_at
            having count(*) >= r.threshold
            union all
            select r.id, r.kind, v.id::text, s.name, s.id, v.total / 100,
                v.folio_prefix || '-' || lpad(v.folio_number::text, 6, '0') || ', $' || to_char(v.total / 100.0, 'FM999,999,999,990.00')
            from alert_rule r
            join store s on s.closed_at is null and (r.store_id is null or r.store_id = s.id)
            join sale v on v.store_id = s.id
                and v.business_day >= (cast(#{now} as timestamptz) at time zone s.time_zone)::date - 1
                and v.sold_at > r.changed_at
                and v.currency = 'MXN'
                and v.total / 100 >= r.threshold
            where r.kind = 'NEW_SALE'
            and r.enabled
            and r.removed_at is null),
        raised as (
            insert into alert (rule_id, kind, subject, name, store_id, value, threshold, detail, raised_at, seen_at)
            select rule_id, kind, subject, name, store_id, value, (select r.threshold from alert_rule r where r.id = h.rule_id), detail,
                cast(#{now} as timestamptz), cast(#{now} as timestamptz)
            from happened h
            where not exists (
                select
                from alert a
                where a.rule_id = h.rule_id
                and a.subject = h.subject
                and a.raised_at > cast(#{now} as timestamptz) - interval '4 days')
            on conflict (rule_id, subject) where resolved_at is null do nothing
            returning id)
        insert into alert_event (alert_id, at, what)
        select id, cast(#{now} as timestamptz), 'RAISED'
        from raised
        returning alert_id
        """, affectData = true)
    List<UUID> raiseHappened(Instant now);

    /** What happened is over once it was told; in a muted time, or while no letter can be written, it waits, two days at most. */
    @Update("""
        update alert a
        set calm_since = cast(#{now} as timestamptz)
        from alert_rule r
        where r.id = a.rule_id
        and a.kind in ('LOW_STOCK', 'NEW_SALE')
        and a.resolved_at is null
        and a.calm_since is null
        and (a.told_at is not null or not r.by_mail or a.raised_at < cast(#{now} as timestamptz) - interval '2 days')
        """)
    int calmHappened(Instant now);

    @Update("with seen as (" + SEEN + """
        )
        update alert a
        set seen_at = cast(#{now} as timestamptz), value = s.value, detail = s.detail, name = s.name, calm_since = null
        from seen s
        where s.rule_id = a.rule_id
        and s.subject = a.subject
        and a.resolved_at is null
        and (s.bad or s.still)
        """)
    int keepUp(Instant now);

    /** @param looked the kinds that could be measured: of the others nothing is known, so nothing ends */
    @Update("""
        update alert a
        set calm_since = cast(#{now} as timestamptz)
        where a.resolved_at is null
        and a.calm_since is null
        and a.seen_at < cast(#{now} as timestamptz)
        and a.kind = any (#{looked})
        """)
    int calmDown(Instant now, String[] looked);

    /** What has been calm for long enough, and what no rule wants to know any more. */
    @Select(value = """
        with over as (
            update alert a
            set resolved_at = cast(#{now} as timestamptz), calm_since = coalesce(calm_since, cast(#{now} as timestamptz))
            from alert_rule r
            where r.id = a.rule_id
            and a.resolved_at is null
            and (a.calm_since + r.calm_minutes * interval '1 minute' <= cast(#{now} as timestamptz) or not r.enabled or r.removed_at is not null)
            returning a.id)
        insert into alert_event (alert_id, at, what)
        select id, cast(#{now} as timestamptz), 'RESOLVED'
        from over
        on conflict do nothing
        returning alert_id
        """, affectData = true)
    List<UUID> resolve(Instant now);

    record TellRow(
            UUID id,
            UUID ruleId,
            String ruleName,
            String kind,
            String name,
            long value,
            String detail,
            String[] roles,
            UUID[] persons,
            String[] addresses,
            boolean byMail,
            String language) {}

    String TELL = """
        select a.id, r.id as rule_id, r.name as rule_name, a.kind, a.name, a.value, a.detail, r.roles, r.persons, r.addresses, r.by_mail,
            r.language
        from alert a
        join alert_rule r on r.id = a.rule_id
        """;

    /** What nobody was told of yet and lasts and is to be told; in a muted time it waits. */
    @Select(TELL + """
        where a.resolved_at is null
        and a.told_at is null
        and r.by_mail
        and not alert_muted(r, cast(#{now} as timestamptz), cast(#{zone} as text))
        order by r.name, r.id, a.name, a.id
        limit #{most}
        """)
    List<TellRow> untold(Instant now, String zone, int most);

    @Select(TELL + """
        where a.resolved_at is null
        and a.acknowledged_at is null
        and a.calm_since is null
        and r.remind_hours is not null
        and r.by_mail
        and coalesce(a.reminded_at, a.told_at) + r.remind_hours * interval '1 hour' <= cast(#{now} as timestamptz)
        and not alert_muted(r, cast(#{now} as timestamptz), cast(#{zone} as text))
        order by r.name, r.id, a.name, a.id
        limit #{most}
        """)
    List<TellRow> toRemind(Instant now, String zone, int most);

    /** Who was told that it began is told that it ended. */
    @Select(TELL + """
        where a.resolved_at is not null
        and a.told_at is not null
        and a.end_told_at is null
        and r.tell_end
        and r.enabled
        and r.removed_at is null
        and not alert_muted(r, cast(#{now} as timestamptz), cast(#{zone} as text))
        order by r.name, r.id, a.name, a.id
        limit #{most}
        """)
    List<TellRow> ended(Instant now, String zone, int most);

    /** Ends of which nobody is to be told. */
    @Update("""
        update alert a
        set end_told_at = cast(#{now} as timestamptz)
        from alert_rule r
        where r.id = a.rule_id
        and a.resolved_at is not null
        and a.told_at is not null
        and a.end_told_at is null
        and (not r.tell_end or not r.enabled or r.removed_at is not null or a.kind in ('LOW_STOCK', 'NEW_SALE'))
        """)
    int passOverEnds(Instant now);

    @Update("""
        update alert
        set told_at = cast(#{now} as timestamptz)
        where id = any (#{alerts})
        """)
    int told(UUID[] alerts, Instant now);

    @Update("""
        update alert
        set reminded_at = cast(#{now} as timestamptz)
        where id = any (#{alerts})
        """)
    int reminded(UUID[] alerts, Instant now);

    @Update("""
        update alert
        set end_told_at = cast(#{now} as timestamptz)
        where id = any (#{alerts})
        """)
    int endTold(UUID[] alerts, Instant now);

    @Insert("""
        insert into alert_event (alert_id, at, what, who, note)
        select alert, cast(#{now} as timestamptz), #{what}, #{who}, #{note}
        from unnest(#{alerts}) r (alert)
        on conflict do nothing
        """)
    int note(UUID[] alerts, String what, String who, String note, Instant now);

    /** History has an end, too. */
    @Delete("""
        delete from alert
        where resolved_at < #{before}
        """)
    int forget(@Nullable Instant before);
}
