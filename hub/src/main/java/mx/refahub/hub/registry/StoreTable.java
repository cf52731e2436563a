package mx.refahub.hub.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

@Mapper
interface StoreTable {
    /** One registration at a time: slugs, prefixes and ports are counted. */
    @Select(value = """
        select cast(pg_advisory_xact_lock(7261001) as text)
        """, affectData = true)
    String lockRegistrations();

    record StoreRow(
            UUID id, String slug, String code, byte[] publicKey, String secretHash, int epoch, int tunnelPort) {}

    @Select("""
        select id, slug, code, public_key, secret_hash, epoch, tunnel_port
        from store
        where id = #{id}
        """)
    Optional<StoreRow> byId(UUID id);

    @Select("""
        select id, slug, code, public_key, secret_hash, epoch, tunnel_port
        from store
        where lower(code) = lower(#{code})
        """)
    Optional<StoreRow> byCode(String code);

    @Select("""
        select exists (select 1 from store where slug = #{slug})
        """)
    boolean slugTaken(String slug);

    @Select("""
        select coalesce(max(tunnel_port), 20000) + 1
        from store
        """)
    int nextTunnelPort();

    @Insert("""
        insert into store (
            id, slug, code, name, address, postal_code, tax_region, time_zone, public_key, secret_hash, broker_user,
            broker_password_hash, tunnel_port, tunnel_token_hash, epoch, registered_at)
        values (
            #{id}, #{slug}, #{code}, #{name}, #{address}, #{postalCode}, #{taxRegion}, #{timeZone}, #{publicKey}, #{secretHash},
            #{brokerUser}, #{brokerPasswordHash}, #{tunnelPort}, #{tunnelTokenHash}, 1, #{now})
        """)
    int insert(
            UUID id,
            String slug,
            String code,
            String name,
            String address,
            String postalCode,
            String taxRegion,
            String timeZone,
            byte[] publicKey,
            String secretHash,
            String brokerUser,
            String brokerPasswordHash,
            int tunnelPort,
            String tunnelTokenHash,
            Instant now);

    @Update("""
        update store
        set secret_hash = #{secretHash}, broker_password_hash = #{brokerPasswordHash}, tunnel_token_hash = #{tunnelTokenHash}
        where id = #{id}
        """)
    int renewSecrets(UUID id, String secretHash, String brokerPasswordHash, String tunnelTokenHash);

    record RegisterRow(UUID id, String name, String prefix) {}

    @Select("""
        select coalesce(max(cast(substring(prefix from 2) as integer)), 0) + 1
        from register
        where prefix ~ '^C[0-9]{1,5}$'
        """)
    int nextRegister();

    @Insert("""
        insert into register (id, store_id, name, prefix)
        values (#{id}, #{store}, #{name}, #{prefix})
        """)
    int insertRegister(UUID id, UUID store, String name, String prefix);

    @Select("""
        select id, name, prefix
        from register
        where store_id = #{store}
        order by length(prefix), prefix
        """)
    List<RegisterRow> registers(UUID store);

    @Insert("""
        insert into landing (store_id, epoch, hub_epoch, landed, hash)
        values (#{store}, 1, #{hubEpoch}, 0, #{hash})
        """)
    int insertLanding(UUID store, long hubEpoch, byte[] hash);

    @Insert("""
        insert into store_epoch (store_id, epoch, base, public_key, secret_hash, machine, cause, granted_by, granted_at)
        values (#{store}, #{epoch}, #{base}, #{publicKey}, #{secretHash}, #{machine}, #{cause}, #{by}, #{now})
        """)
    int insertEpoch(
            UUID store,
            int epoch,
            long base,
            byte[] publicKey,
            String secretHash,
            String machine,
            String cause,
            String by,
            Instant now);

    @Update("""
        update store_epoch
        set folio_jump = #{folioJump}, taken_at = coalesce(taken_at, #{now})
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    int taken(UUID store, int epoch, long folioJump, Instant now);

    @Update("""
        update store_epoch
        set secret_hash = #{secretHash}
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    int renewEpochSecret(UUID store, int epoch, String secretHash);

    record Landed(long landed, long hubEpoch) {}

    @Select("""
        select landed, hub_epoch
        from landing
        where store_id = #{store}
        """)
    Optional<Landed> landed(UUID store);

    @Select("""
        select hub_epoch
        from hub_state
        """)
    long hubEpoch();

    record BrokerRow(String brokerUser, String brokerPasswordHash, UUID id, String slug) {}

    @Select("""
        select broker_user, broker_password_hash, id, slug
        from store
        where broker_user = #{user}
        and not exists (select 1 from store_cut_off c where c.store_id = store.id)
        """)
    Optional<BrokerRow> byBrokerUser(String user);

    @Select("""
        select broker_user, broker_password_hash, id, slug
        from store
        order by slug
        """)
    List<BrokerRow> brokerUsers();

    @Insert("""
        insert into store_heartbeat (
            store_id, received_at, sent_at, version, outbox_last, relayed, acknowledged, disk_free_bytes, printer, streams)
        values (
            #{store}, #{receivedAt}, #{sentAt}, #{version}, #{outboxLast}, #{relayed}, #{acknowledged}, #{diskFreeBytes}, #{printer},
            cast(#{streams} as jsonb))
        on conflict (store_id) do update
        set received_at = excluded.received_at,
            sent_at = excluded.sent_at,
            version = excluded.version,
            outbox_last = excluded.outbox_last,
            relayed = excluded.relayed,
            acknowledged = excluded.acknowledged,
            disk_free_bytes = excluded.disk_free_bytes,
            printer = excluded.printer,
            streams = excluded.streams
        """)
    int heartbeat(
            UUID store,
            Instant receivedAt,
            Instant sentAt,
            String version,
            long outboxLast,
            long relayed,
            long acknowledged,
            long diskFreeBytes,
            String printer,
            String streams);
}
