package mx.refahub.hub.registry;

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
interface SecretTable {
    record SecretsRow(
            int epoch,
            String secretHash,
            String brokerUser,
            String brokerPasswordHash,
            String tunnelTokenHash,
            @Nullable Instant setAt,
            @Nullable Instant askedAt) {}

    String SECRETS = """
        select epoch, secret_hash, broker_user, broker_password_hash, tunnel_token_hash, secrets_set_at as set_at,
            rotation_asked_at as asked_at
        from store
        where id = #{store}
        """;

    @Select(SECRETS)
    Optional<SecretsRow> secrets(UUID store);

    @Select(SECRETS + """
        for no key update
        """)
    Optional<SecretsRow> lock(UUID store);

    record OtherRow(
            String state,
            String secretHash,
            String brokerPasswordHash,
            String tunnelTokenHash,
            @Nullable Instant validUntil) {}

    /** Those that wait to be used, and those of before, of the present epoch. */
    @Select("""
        select o.state, o.secret_hash, o.broker_password_hash, o.tunnel_token_hash, o.valid_until
        from store_secret o
        join store s on s.id = o.store_id and s.epoch = o.epoch
        where o.store_id = #{store}
        """)
    List<OtherRow> others(UUID store);

    @Insert("""
        insert into store_secret (store_id, state, epoch, secret_hash, broker_password_hash, tunnel_token_hash, made_at, valid_until)
        values (#{store}, #{state}, #{epoch}, #{secretHash}, #{brokerPasswordHash}, #{tunnelTokenHash}, #{now}, #{validUntil})
        on conflict (store_id, state) do update
        set epoch = excluded.epoch,
            secret_hash = excluded.secret_hash,
            broker_password_hash = excluded.broker_password_hash,
            tunnel_token_hash = excluded.tunnel_token_hash,
            made_at = excluded.made_at,
            valid_until = excluded.valid_until
        """)
    int keep(
            UUID store,
            String state,
            int epoch,
            String secretHash,
            String brokerPasswordHash,
            String tunnelTokenHash,
            Instant now,
            @Nullable Instant validUntil);

    @Delete("""
        delete from store_secret
        where store_id = #{store}
        and state = #{state}
        """)
    int drop(UUID store, String state);

    @Delete("""
        delete from store_secret
        where store_id = #{store}
        and state = 'FORMER'
        and valid_until <= #{now}
        """)
    int dropOver(UUID store, Instant now);

    @Update("""
        update store
        set secret_hash = #{secretHash}, broker_password_hash = #{brokerPasswordHash}, tunnel_token_hash = #{tunnelTokenHash},
            secrets_set_at = #{now}
        where id = #{store}
        """)
    int promote(UUID store, String secretHash, String brokerPasswordHash, String tunnelTokenHash, Instant now);

    @Update("""
        update store
        set rotation_asked_at = #{now}
        where id = #{store}
        """)
    int ask(UUID store, Instant now);

    /** With other secrets from elsewhere, those under way count no more. */
    @Update("""
        update store
        set secrets_set_at = #{now}
        where id = #{store}
        """)
    int setAt(UUID store, Instant now);
}
