package mx.refahub.hub.access;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.hub.Staff;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface StaffTable {
    record MemberRow(
            UUID id,
            String username,
            String name,
            String role,
            @Nullable UUID storeId,
            @Nullable String storeName,
            @Nullable BigDecimal discountLimit,
            boolean ready,
            boolean secondFactor,
            Instant createdAt,
            @Nullable Instant removedAt) {
        Staff.Member member() {
            return new Staff.Member(
                    new UserId(id),
                    username,
                    name,
                    Role.valueOf(role),
                    storeId == null ? null : new StoreId(storeId),
                    storeName,
                    discountLimit,
                    ready,
                    secondFactor,
                    createdAt,
                    removedAt);
        }
    }

    @Select("""
        select p.id, p.username, p.name, p.role, p.store_id, s.name as store_name, p.discount_limit,
            coalesce(p.password_hash, p.pin_hash) is not null as ready,
            f.confirmed_at is not null as second_factor, p.created_at, p.removed_at
        from person p
        left join store s on s.id = p.store_id
        left join second_factor f on f.person_id = p.id
        order by p.removed_at nulls first, s.name nulls first, p.name, p.id
        """)
    List<MemberRow> all();

    /** Locked until the transaction ends, so that two changes of one person follow each other. */
    @Select(value = """
        select p.id, p.username, p.name, p.role, p.store_id, s.name as store_name, p.discount_limit,
            coalesce(p.password_hash, p.pin_hash) is not null as ready,
            f.confirmed_at is not null as second_factor, p.created_at, p.removed_at
        from person p
        left join store s on s.id = p.store_id
        left join second_factor f on f.person_id = p.id
        where p.id = #{id}
        for update of p
        """, affectData = true)
    Optional<MemberRow> one(UUID id);

    @Select("""
        select exists (
            select from store
            where id = #{store})
        """)
    boolean hasStore(UUID store);

    @Insert("""
        insert into person (id, username, name, role, store_id, discount_limit, code_hash, code_expires_at, users_version, created_at)
        values (#{id}, #{username}, #{name}, #{role}, #{store}, #{discountLimit}, #{codeHash}, #{codeExpiresAt}, #{usersVersion}, #{now})
        on conflict (username) do nothing
        """)
    int hire(
            UUID id,
            String username,
            String name,
            String role,
            @Nullable UUID store,
            @Nullable BigDecimal discountLimit,
            String codeHash,
            Instant codeExpiresAt,
            long usersVersion,
            Instant now);

    @Update("""
        update person
        set name = #{name}, role = #{role}, discount_limit = #{discountLimit}, users_version = #{usersVersion}
        where id = #{id}
        """)
    int change(UUID id, String name, String role, @Nullable BigDecimal discountLimit, long usersVersion);

    /** Also spends an open code; a password or a PIN stays, for the day the person is brought back. */
    @Update("""
        update person
        set removed_at = #{at}, code_hash = null, code_expires_at = null, users_version = #{usersVersion}
        where id = #{id}
        """)
    int setRemoved(UUID id, @Nullable Instant at, long usersVersion);

    @Select("""
        select count(*)
        from person
        where role = 'ADMIN'
        and removed_at is null
        and password_hash is not null
        and id <> #{id}
        """)
    int otherAdministrators(UUID id);
}
