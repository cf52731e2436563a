package mx.refahub.hub.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface PersonTable {
    record PersonRow(
            UUID id,
            String username,
            String name,
            String role,
            @Nullable UUID storeId,
            @Nullable String passwordHash,
            @Nullable String codeHash,
            @Nullable Instant codeExpiresAt,
            @Nullable Instant lockedUntil) {
        Person person() {
            return new Person(new UserId(id), name, Role.valueOf(role));
        }
    }

    @Select("""
        select id, username, name, role, store_id, password_hash, code_hash, code_expires_at, locked_until
        from person
        where username = #{username}
        and removed_at is null
        """)
    Optional<PersonRow> byUsername(String username);

    @Select("""
        select count(*)
        from person
        where role = 'ADMIN'
        and password_hash is not null
        and removed_at is null
        """)
    int administrators();

    @Insert("""
        insert into person (id, username, name, role, store_id, password_hash, code_hash, code_expires_at, users_version, created_at)
        values (#{id}, #{username}, #{name}, #{role}, #{store}, #{passwordHash}, #{codeHash}, #{codeExpiresAt}, #{usersVersion}, #{now})
        on conflict (username) do nothing
        """)
    int insert(
            UUID id,
            String username,
            String name,
            String role,
            @Nullable UUID store,
            @Nullable String passwordHash,
            @Nullable String codeHash,
            @Nullable Instant codeExpiresAt,
            long usersVersion,
            Instant now);

    /** Counts the try before the password is looked at, so that tries side by side do not get more than their number. No row: locked. */
    @Update("""
        update person
        set failed_tries = case when locked_until is null then failed_tries + 1 else 1 end,
            locked_until = case when locked_until is null and failed_tries + 1 >= #{allowed} then cast(#{lockedUntil} as timestamptz) end
        where id = #{id}
        and (locked_until is null or locked_until <= #{now})
        """)
    int countTry(UUID id, int allowed, Instant lockedUntil, Instant now);

    @Update("""
        update person
        set failed_tries = 0, locked_until = null
        where id = #{id}
        """)
    int forgiveTries(UUID id);

    /** Counts the try before the code is looked at. No row: no code is open, or its time or its tries are used up. */
    @Update("""
        update person
        set code_tries = code_tries + 1
        where id = #{id}
        and code_hash is not null
        and code_expires_at > #{now}
        and code_tries < #{allowed}
        """)
    int countCodeTry(UUID id, int allowed, Instant now);

    /** Spends the code. No row: someone else did. */
    @Update("""
        update person
        set password_hash = #{passwordHash}, code_hash = null, code_expires_at = null, code_tries = 0,
            failed_tries = 0, locked_until = null
        where id = #{id}
        and code_hash = #{codeHash}
        """)
    int choosePassword(UUID id, String codeHash, String passwordHash);

    @Update("""
        update person
        set code_hash = #{codeHash}, code_expires_at = #{expiresAt}, code_tries = 0,
            users_version = coalesce(cast(#{usersVersion} as bigint), users_version)
        where id = #{id}
        and removed_at is null
        """)
    int openCode(UUID id, String codeHash, Instant expiresAt, @Nullable Long usersVersion);

    @Insert("""
        insert into store_activation (code_hash, created_by, created_at, expires_at)
        values (#{codeHash}, #{by}, #{now}, #{expiresAt})
        """)
    int insertActivation(String codeHash, UUID by, Instant now, Instant expiresAt);

    record Activation(
            String codeHash, Instant expiresAt, @Nullable Instant usedAt) {}

    @Select("""
        select code_hash, expires_at, used_at
        from store_activation
        where code_hash = #{codeHash}
        """)
    Optional<Activation> activation(String codeHash);

    @Update("""
        update store_activation
        set used_at = #{now}
        where code_hash = #{codeHash}
        and used_at is null
        """)
    int useActivation(String codeHash, Instant now);

    @Insert("""
        insert into audit (id, at, who, act, subject)
        values (#{id}, #{at}, #{who}, #{act}, #{subject})
        """)
    int audit(UUID id, Instant at, String who, String act, String subject);
}
