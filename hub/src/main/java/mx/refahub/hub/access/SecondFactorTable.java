package mx.refahub.hub.access;

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
interface SecondFactorTable {
    @SuppressWarnings("ArrayRecordComponent")
    record FactorRow(UUID personId, byte[] secret, @Nullable Instant confirmedAt) {}

    @Select("""
        select person_id, secret, confirmed_at
        from second_factor
        where person_id = #{person}
        """)
    Optional<FactorRow> of(UUID person);

    /** No row: one is on already. */
    @Insert("""
        insert into second_factor (person_id, secret, begun_at)
        values (#{person}, #{secret}, #{now})
        on conflict (person_id) do update
        set secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0
        where second_factor.confirmed_at is null
        """)
    int begin(UUID person, byte[] secret, Instant now);

    @Update("""
        update second_factor
        set confirmed_at = #{now}
        where person_id = #{person}
        and confirmed_at is null
        """)
    int confirm(UUID person, Instant now);

    /** No row: a code of this step or a later one was taken before. */
    @Update("""
        update second_factor
        set last_step = #{step}
        where person_id = #{person}
        and last_step < #{step}
        """)
    int take(UUID person, long step);

    @Delete("""
        delete from second_factor
        where person_id = #{person}
        """)
    int delete(UUID person);

    @Insert("""
        <script>
        insert into recovery_code (person_id, code_hash)
        values
        <foreach collection="hashes" item="hash" separator=",">(#{person}, #{hash})</foreach>
        </script>
        """)
    int keepRecovery(UUID person, List<String> hashes);

    @Select("""
        select count(*)
        from recovery_code
        where person_id = #{person}
        and used_at is null
        """)
    int recoveryLeft(UUID person);

    /** No row: there is none such, or it was used. */
    @Update("""
        update recovery_code
        set used_at = #{now}
        where person_id = #{person}
        and code_hash = #{hash}
        and used_at is null
        """)
    int useRecovery(UUID person, String hash, Instant now);
}
