package mx.refahub.hub.alert;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface AlertTable {
    record AlertRow(
            UUID id,
            UUID ruleId,
            String ruleName,
            String kind,
            String subject,
            String name,
            @Nullable UUID storeId,
            long value,
            long threshold,
            String detail,
            Instant raisedAt,
            Instant seenAt,
            @Nullable Instant toldAt,
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgedBy,
            String note,
            @Nullable Instant resolvedAt,
            boolean muted,
            boolean mine) {}

    String ALERT = """
        select a.id, a.rule_id, r.name as rule_name, a.kind, a.subject, a.name, a.store_id, a.value, a.threshold, a.detail, a.raised_at,
            a.seen_at, a.told_at, a.acknowledged_at, a.acknowledged_by, a.note, a.resolved_at, alert_muted(r, cast(#{now} as timestamptz), cast(#{zone} as text)) as muted,
            #{role} = any (r.roles) or #{person} = any (r.persons) as mine
        from alert a
        join alert_rule r on r.id = a.rule_id
        """;

    @Select("<script>" + ALERT + """
        <where>
            <if test="view == 'NEW'">and a.resolved_at is null and a.acknowledged_at is null</if>
            <if test="view == 'LASTING'">and a.resolved_at is null</if>
            <if test="view == 'RESOLVED'">and a.resolved_at is not null</if>
            <if test="kind != null">and a.kind = #{kind}</if>
            <if test="store != null">and a.store_id = #{store}</if>
            <if test="onlyMine">and (#{role} = any (r.roles) or #{person} = any (r.persons))</if>
        </where>
        order by (a.resolved_at is null) desc, a.raised_at desc, a.id desc
        limit #{limit}
        </script>
        """)
    List<AlertRow> list(
            String view,
            @Nullable String kind,
            @Nullable UUID store,
            boolean onlyMine,
            int limit,
            String role,
            UUID person,
            Instant now,
            String zone);

    @Select(ALERT + """
        where a.id = #{id}
        """)
    Optional<AlertRow> one(UUID id, String role, UUID person, Instant now, String zone);

    record EventRow(Instant at, String what, String who, String note) {}

    @Select("""
        select at, what, who, note
        from alert_event
        where alert_id = #{alert}
        order by at, what
        """)
    List<EventRow> events(UUID alert);

    @Update("""
        update alert
        set acknowledged_at = cast(#{now} as timestamptz), acknowledged_by = #{by}, note = #{note}
        where id = #{id}
        and resolved_at is null
        and acknowledged_at is null
        """)
    int acknowledge(UUID id, String by, String note, Instant now);

    record BellRow(int count, @Nullable Instant newest) {}

    @Select("""
        select count(*)::integer as count, max(a.raised_at) as newest
        from alert a
        join alert_rule r on r.id = a.rule_id
        where a.resolved_at is null
        and a.acknowledged_at is null
        and (#{role} = any (r.roles) or #{person} = any (r.persons))
        and not alert_muted(r, cast(#{now} as timestamptz), cast(#{zone} as text))
        """)
    BellRow bell(String role, UUID person, Instant now, String zone);

    record RuleRow(
            UUID id,
            String kind,
            String name,
            boolean enabled,
            long threshold,
            int calmMinutes,
            @Nullable Integer remindHours,
            @Nullable UUID storeId,
            @Nullable String job,
            String[] roles,
            UUID[] persons,
            String[] addresses,
            boolean byMail,
            boolean tellEnd,
            String language,
            @Nullable Instant mutedUntil,
            Integer[] quietDays,
            @Nullable LocalTime quietFrom,
            @Nullable LocalTime quietUntil) {}

    String RULE = """
        select id, kind, name, enabled, threshold, calm_minutes, remind_hours, store_id, job, roles, persons, addresses, by_mail, tell_end,
            language, muted_until, quiet_days, quiet_from, quiet_until
        from alert_rule
        where removed_at is null
        """;

    @Select(RULE + """
        order by kind, name, id
        """)
    List<RuleRow> rules();

    @Select(RULE + """
        and id = #{id}
        """)
    Optional<RuleRow> rule(UUID id);

    @Insert("""
        insert into alert_rule (
            id, kind, name, enabled, threshold, calm_minutes, remind_hours, store_id, job, roles, persons, addresses, by_mail, tell_end,
            language, muted_until, quiet_days, quiet_from, quiet_until, changed_at, changed_by)
        values (#{row.id}, #{row.kind}, #{row.name}, #{row.enabled}, #{row.threshold}, #{row.calmMinutes}, #{row.remindHours}, #{row.storeId},
            #{row.job}, #{row.roles}, #{row.persons}, #{row.addresses}, #{row.byMail}, #{row.tellEnd}, #{row.language}, #{row.mutedUntil},
            #{row.quietDays}, #{row.quietFrom}, #{row.quietUntil}, cast(#{now} as timestamptz), #{by})
        on conflict (id) do update
        set name = excluded.name, enabled = excluded.enabled, threshold = excluded.threshold, calm_minutes = excluded.calm_minutes,
            remind_hours = excluded.remind_hours, store_id = excluded.store_id, job = excluded.job, roles = excluded.roles,
            persons = excluded.persons, addresses = excluded.addresses, by_mail = excluded.by_mail, tell_end = excluded.tell_end,
            language = excluded.language, muted_until = excluded.muted_until, quiet_days = excluded.quiet_days,
            quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, changed_at = excluded.changed_at,
            changed_by = excluded.changed_by
        where alert_rule.kind = excluded.kind
        and alert_rule.removed_at is null
        """)
    int keep(RuleRow row, Instant now, String by);

    @Update("""
        update alert_rule
        set muted_until = #{until}, changed_at = cast(#{now} as timestamptz), changed_by = #{by}
        where id = #{id}
        and removed_at is null
        """)
    int mute(UUID id, @Nullable Instant until, Instant now, String by);

    @Update("""
        update alert_rule
        set removed_at = cast(#{now} as timestamptz), changed_at = cast(#{now} as timestamptz), changed_by = #{by}
        where id = #{id}
        and removed_at is null
        """)
    int remove(UUID id, Instant now, String by);

    @Select("""
        select exists (
            select from store
            where id = #{store})
        """)
    boolean hasStore(UUID store);

    /** Whether all of them are people of the console. */
    @Select("""
        select count(*) = cardinality(cast(#{persons} as uuid[]))
        from person
        where id = any (#{persons})
        and role in ('ADMIN', 'ACCOUNTANT')
        """)
    boolean areOfTheConsole(UUID[] persons);
}
