package mx.refahub.hub.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface MailTable {
    record AccountRow(
            boolean enabled,
            String host,
            int port,
            String security,
            String username,
            byte @Nullable [] secret,
            String fromAddress,
            String fromName,
            String link) {}

    @Select("""
        select enabled, host, port, security, username, secret, from_address, from_name, link
        from mail_account
        """)
    Optional<AccountRow> account();

    @Insert("""
        insert into mail_account (
            enabled, host, port, security, username, secret, from_address, from_name, link, changed_at, changed_by)
        values (#{row.enabled}, #{row.host}, #{row.port}, #{row.security}, #{row.username}, #{row.secret}, #{row.fromAddress},
            #{row.fromName}, #{row.link}, #{now}, #{by})
        on conflict (only_row) do update
        set enabled = excluded.enabled, host = excluded.host, port = excluded.port, security = excluded.security,
            username = excluded.username, secret = excluded.secret, from_address = excluded.from_address,
            from_name = excluded.from_name, link = excluded.link, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """)
    int keepAccount(AccountRow row, Instant now, String by);

    record BoxRow(
            boolean enabled,
            String host,
            int port,
            String security,
            String username,
            byte @Nullable [] secret,
            String folder,
            String takenFolder,
            String refusedFolder,
            @Nullable Instant lookedAt,
            String failure) {}

    @Select("""
        select enabled, host, port, security, username, secret, folder, taken_folder, refused_folder, looked_at, failure
        from mail_inbox
        """)
    Optional<BoxRow> box();

    @Insert("""
        insert into mail_inbox (
            enabled, host, port, security, username, secret, folder, taken_folder, refused_folder, changed_at, changed_by)
        values (#{row.enabled}, #{row.host}, #{row.port}, #{row.security}, #{row.username}, #{row.secret}, #{row.folder},
            #{row.takenFolder}, #{row.refusedFolder}, #{now}, #{by})
        on conflict (only_row) do update
        set enabled = excluded.enabled, host = excluded.host, port = excluded.port, security = excluded.security,
            username = excluded.username, secret = excluded.secret, folder = excluded.folder, taken_folder = excluded.taken_folder,
            refused_folder = excluded.refused_folder, changed_at = excluded.changed_at, changed_by = excluded.changed_by, failure = ''
        """)
    int keepBox(BoxRow row, Instant now, String by);

    @Update("""
        update mail_inbox
        set looked_at = #{now}, failure = #{failure}
        """)
    int looked(Instant now, String failure);

    record MessageRow(String sender, String subject, Instant at, int taken, int known, int refused, String reason) {}

    @Select("""
        select sender, subject, at, taken, known, refused, reason
        from inbox_message
        where mailbox = #{mailbox}
        and number = #{number}
        """)
    Optional<MessageRow> message(String mailbox, long number);

    @Insert("""
        insert into inbox_message (mailbox, number, sender, subject, at, taken, known, refused, reason)
        values (#{mailbox}, #{number}, #{row.sender}, #{row.subject}, #{row.at}, #{row.taken}, #{row.known}, #{row.refused},
            #{row.reason})
        on conflict (mailbox, number) do nothing
        """)
    int note(String mailbox, long number, MessageRow row);

    @Select("""
        select sender, subject, at, taken, known, refused, reason
        from inbox_message
        order by at desc, number desc
        limit #{limit}
        """)
    List<MessageRow> messages(int limit);
}
