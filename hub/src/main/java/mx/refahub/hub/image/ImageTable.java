package mx.refahub.hub.image;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.part.PartImage;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface ImageTable {
    @Select("""
        select exists (
            select
            from part
            where id = #{part})
        """)
    boolean isPart(UUID part);

    /** Pictures of one part are changed by one at a time, without a lock on the part itself. */
    @Select("""
        select pg_advisory_xact_lock(hashtextextended(#{part}::text, 7))::text
        """)
    String lock(UUID part);

    @Select("""
        select i.hash, i.small_hash, i.width, i.height
        from part_image p
        join image i on i.hash = p.hash
        where p.part_id = #{part}
        order by p.position
        """)
    List<PartImage> of(UUID part);

    @Insert("""
        insert into image (hash, small_hash, width, height, bytes, created_at)
        values (#{image.hash}, #{image.smallHash}, #{image.width}, #{image.height}, #{bytes}, #{at})
        on conflict (hash) do nothing
        """)
    int insert(PartImage image, long bytes, Instant at);

    @Insert("""
        insert into part_image (part_id, hash, position, added_at, added_by)
        values (#{part}, #{hash}, #{position}, #{at}, #{by})
        """)
    int place(UUID part, String hash, int position, Instant at, String by);

    @Update("""
        update part_image
        set position = position + 1
        where part_id = #{part}
        and position >= #{position}
        """)
    int makeRoom(UUID part, int position);

    @Update("""
        update part_image p
        set position = t.position
        from unnest(#{hashes}) with ordinality as t (hash, position)
        where p.part_id = #{part}
        and p.hash = t.hash
        """)
    int arrange(UUID part, String[] hashes);

    @Delete("""
        delete from part_image
        where part_id = #{part}
        and hash = #{hash}
        """)
    int take(UUID part, String hash);

    @Update("""
        update part_image p
        set position = t.place
        from (
            select hash, row_number() over (order by position) as place
            from part_image
            where part_id = #{part}) t
        where p.part_id = #{part}
        and p.hash = t.hash
        and p.position <> t.place
        """)
    int closeRanks(UUID part);

    @Delete("""
        delete from image i
        where i.hash = #{hash}
        and not exists (
            select
            from part_image p
            where p.hash = i.hash)
        """)
    int deleteUnused(String hash);

    /** Of these names of files those that belong to a picture. */
    @Select("""
        select hash
        from image
        where hash = any(#{hashes})
        union
        select small_hash
        from image
        where small_hash = any(#{hashes})
        """)
    List<String> known(String[] hashes);

    // --- ZIPs

    record BatchRow(
            UUID id,
            String fileName,
            Instant receivedAt,
            UUID receivedBy,
            String receivedByName,
            @Nullable Integer files,
            @Nullable Instant finishedAt,
            @Nullable String refusalCode,
            String @Nullable [] refusalArguments,
            int stored,
            int known,
            int refused) {}

    @Insert("""
        insert into image_batch (id, file_name, received_at, received_by, received_by_name)
        values (#{id}, #{fileName}, #{at}, #{by}, #{byName})
        """)
    int insertBatch(UUID id, String fileName, Instant at, UUID by, String byName);

    @Select("""
        select b.id, b.file_name, b.received_at, b.received_by, b.received_by_name, b.files, b.finished_at, b.refusal_code,
            b.refusal_arguments, count(f.name) filter (where f.outcome = 'STORED')::integer as stored,
            count(f.name) filter (where f.outcome = 'KNOWN')::integer as known,
            count(f.name) filter (where f.outcome = 'REFUSED')::integer as refused
        from (
            select id, file_name, received_at, received_by, received_by_name, files, finished_at, refusal_code, refusal_arguments
            from image_batch
            order by received_at desc, id desc
            limit #{limit}) b
        left join image_batch_file f on f.batch_id = b.id
        group by b.id, b.file_name, b.received_at, b.received_by, b.received_by_name, b.files, b.finished_at, b.refusal_code,
            b.refusal_arguments
        order by b.received_at desc, b.id desc
        """)
    List<BatchRow> batches(int limit);

    @Select("""
        select b.id, b.file_name, b.received_at, b.received_by, b.received_by_name, b.files, b.finished_at, b.refusal_code,
            b.refusal_arguments, count(f.name) filter (where f.outcome = 'STORED')::integer as stored,
            count(f.name) filter (where f.outcome = 'KNOWN')::integer as known,
            count(f.name) filter (where f.outcome = 'REFUSED')::integer as refused
        from image_batch b
        left join image_batch_file f on f.batch_id = b.id
        where b.id = #{id}
        group by b.id
        """)
    Optional<BatchRow> batch(UUID id);

    @Select("""
        select id
        from image_batch
        where finished_at is null
        order by received_at, id
        """)
    List<UUID> open();

    @Update("""
        update image_batch
        set files = #{files}
        where id = #{id}
        """)
    int counted(UUID id, int files);

    @Update("""
        update image_batch
        set finished_at = #{at}, refusal_code = #{code}, refusal_arguments = #{arguments}
        where id = #{id}
        and finished_at is null
        """)
    int finish(UUID id, Instant at, @Nullable String code, String @Nullable [] arguments);

    @Insert("""
        insert into image_batch_file (batch_id, name, part_id, outcome, refusal_code, refusal_arguments, at)
        values (#{batch}, #{name}, #{part}, #{outcome}, #{code}, #{arguments}, #{at})
        on conflict (batch_id, name) do nothing
        """)
    int insertFile(
            UUID batch,
            String name,
            @Nullable UUID part,
            String outcome,
            @Nullable String code,
            String @Nullable [] arguments,
            Instant at);

    record FileRow(
            String name,
            @Nullable UUID partId,
            String outcome,
            @Nullable String refusalCode,
            String @Nullable [] refusalArguments) {}

    @Select("""
        select name, part_id, outcome, refusal_code, refusal_arguments
        from image_batch_file
        where batch_id = #{batch}
        order by outcome <> 'REFUSED', name
        limit #{limit}
        """)
    List<FileRow> files(UUID batch, int limit);

    @Select("""
        select name
        from image_batch_file
        where batch_id = #{batch}
        """)
    List<String> done(UUID batch);

    record NamedPart(UUID id, String lineCode, String partNumber, String normalNumber) {}

    @Select("""
        select p.id, p.line_code, p.part_number, p.normal_number
        from part p
        join (
            select distinct line, normal
            from unnest(#{lines}, #{normals}) as t (line, normal)) t on t.line = p.line_code and t.normal = p.normal_number
        where p.removed_at is null
        """)
    List<NamedPart> named(String[] lines, String[] normals);
}
