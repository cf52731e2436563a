package mx.refahub.hub.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface LetterTable {
    /** The people of an audience who can be written to, and its addresses; each once. */
    @Select("""
        select username
        from person
        where removed_at is null
        and position('@' in username) > 1
        and (role = any (#{roles}) or id = any (#{persons}))
        union
        select unnest(#{addresses})
        order by 1
        """)
    List<String> recipients(String[] roles, UUID[] persons, String[] addresses);

    @Insert("""
        insert into letter (id, event, recipient, subject, body, about, written_at, due_at)
        select id, #{event}, recipient, #{subject}, #{body}, #{about}, #{now}, #{now}
        from unnest(#{ids}, #{recipients}) r (id, recipient)
        on conflict (id) do nothing
        """)
    int write(
            UUID[] ids,
            String[] recipients,
            String event,
            String subject,
            String body,
            @Nullable UUID about,
            Instant now);

    @Select("""
        select recipient = #{recipient} and body = #{body} and about is not distinct from cast(#{about} as uuid)
        from letter
        where id = #{id}
        """)
    boolean same(UUID id, String recipient, String body, @Nullable UUID about);

    @Insert("""
        insert into letter_attachment (letter_id, position, name, type, content)
        values (#{letter}, #{position}, #{name}, #{type}, #{content})
        """)
    int attach(UUID letter, int position, String name, String type, byte[] content);

    @Select("""
        select id
        from letter
        where sent_at is null
        and dead_at is null
        and due_at <= #{now}
        order by due_at, id
        limit #{most}
        """)
    List<UUID> due(Instant now, int most);

    record LetterRow(UUID id, String recipient, String subject, String body, int tries) {}

    /** Counts the try and moves the next one on before this one begins; who comes second finds it not due. */
    @Select(value = """
        update letter
        set tries = tries + 1,
            due_at = cast(#{now} as timestamptz) + least(power(2, tries) * interval '1 minute', interval '6 hours')
        where id = #{id}
        and sent_at is null
        and dead_at is null
        and due_at <= #{now}
        returning id, recipient, subject, body, tries
        """, affectData = true)
    Optional<LetterRow> take(UUID id, Instant now);

    record AttachmentRow(String name, String type, byte[] content) {}

    @Select("""
        select name, type, content
        from letter_attachment
        where letter_id = #{letter}
        order by position
        """)
    List<AttachmentRow> attachments(UUID letter);

    @Update("""
        update letter
        set sent_at = #{now}, failure = ''
        where id = #{id}
        and sent_at is null
        """)
    int sent(UUID id, Instant now);

    @Update("""
        update letter
        set failure = #{reason}, dead_at = case when #{last} or tries >= #{most} then cast(#{now} as timestamptz) end
        where id = #{id}
        and sent_at is null
        """)
    int failed(UUID id, String reason, boolean last, int most, Instant now);

    @Update("""
        update letter
        set dead_at = null, tries = 0, due_at = #{now}, failure = ''
        where id = #{id}
        and dead_at is not null
        """)
    int again(UUID id, Instant now);

    record SentRow(
            UUID id,
            String event,
            String recipient,
            String subject,
            Instant writtenAt,
            Instant dueAt,
            int tries,
            @Nullable Instant sentAt,
            @Nullable Instant deadAt,
            String failure) {}

    String SENT = """
        select id, event, recipient, subject, written_at, due_at, tries, sent_at, dead_at, failure
        from letter
        """;

    @Select("<script>" + SENT + """
        <where>
            <if test="state == 'WAITING'">and sent_at is null and dead_at is null</if>
            <if test="state == 'SENT'">and sent_at is not null</if>
            <if test="state == 'DEAD'">and dead_at is not null</if>
            <if test="about != null">and about = #{about}</if>
        </where>
        order by written_at desc, id desc
        limit #{limit}
        </script>
        """)
    List<SentRow> letters(String state, @Nullable UUID about, int limit);

    @Select(SENT + """
        where id = #{id}
        """)
    Optional<SentRow> letter(UUID id);

    /** What left long ago, and its files. */
    @Delete("""
        delete from letter
        where sent_at < #{before}
        """)
    int forget(Instant before);

    record TemplateRow(String event, String language, String subject, String body) {}

    @Select("""
        select event, language, subject, body
        from letter_template
        """)
    List<TemplateRow> templates();

    @Select("""
        select event, language, subject, body
        from letter_template
        where event = #{event}
        and language = #{language}
        """)
    Optional<TemplateRow> template(String event, String language);

    @Insert("""
        insert into letter_template (event, language, subject, body, changed_at, changed_by)
        values (#{event}, #{language}, #{subject}, #{body}, #{now}, #{by})
        on conflict (event, language) do update
        set subject = excluded.subject, body = excluded.body, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """)
    int keepTemplate(String event, String language, String subject, String body, Instant now, String by);

    @Delete("""
        delete from letter_template
        where event = #{event}
        and language = #{language}
        """)
    int resetTemplate(String event, String language);

    @Select("""
        select name
        from company
        """)
    Optional<String> company();
}
