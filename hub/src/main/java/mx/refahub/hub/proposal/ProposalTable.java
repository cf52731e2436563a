package mx.refahub.hub.proposal;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.wire.PartProposedBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Parts that branches made, and what was decided of them. */
@Mapper
public interface ProposalTable {
    @Insert("""
        insert into part_proposal (
            id, store_id, line_code, part_number, brand, name, category, unit, barcode, price, includes_tax, tax_class, sat_code, sat_unit,
            proposed_at, proposed_by, proposed_by_name, document_id)
        values (
            #{body.id}, #{body.store}, #{body.lineCode}, #{body.partNumber}, #{body.brand}, #{body.name}, #{body.category}, #{body.unit},
            #{body.barcode}, #{body.price}, #{body.priceIncludesTax}, #{body.taxClass}, #{body.satCode}, #{body.satUnit},
            #{body.createdAt}, #{body.createdBy}, #{body.createdByName}, #{document})
        on conflict (id) do nothing
        """)
    int insert(PartProposedBody body, UUID document);

    /** The part in the place of a branch's own. */
    record Replaced(UUID id, UUID partId) {}

    @Select("""
        select id, part_id
        from part_proposal
        where store_id = #{store}
        and id = any(#{parts})
        and part_id is not null
        """)
    List<Replaced> replaced(UUID store, UUID[] parts);

    /** A branch's own part may have been merged before its documents came in: then the part in its place is what moved. The documents keep what they said. */
    default UUID[] present(UUID store, UUID[] parts) {
        Map<UUID, UUID> instead = new HashMap<>();
        replaced(store, parts).forEach(row -> instead.put(row.id(), row.partId()));
        return Arrays.stream(parts)
                .map(part -> instead.getOrDefault(part, part))
                .toArray(UUID[]::new);
    }

    /** @param sold in thousandths, what came back taken off */
    record ProposalRow(
            UUID id,
            UUID storeId,
            String storeCode,
            String storeName,
            String lineCode,
            String partNumber,
            String brand,
            String name,
            String category,
            String unit,
            @Nullable String barcode,
            long price,
            boolean includesTax,
            String taxClass,
            String satCode,
            String satUnit,
            Instant proposedAt,
            String proposedByName,
            @Nullable String verdict,
            @Nullable UUID partId,
            @Nullable String partText,
            String reason,
            @Nullable Instant decidedAt,
            @Nullable String decidedByName,
            long sold) {}

    String COLUMNS = """
        select p.id, p.store_id, s.code as store_code, s.name as store_name, p.line_code, p.part_number, p.brand, p.name, p.category, p.unit,
            p.barcode, p.price, p.includes_tax, p.tax_class, p.sat_code, p.sat_unit, p.proposed_at, p.proposed_by_name, p.verdict, p.part_id,
            t.line_code || ' ' || t.part_number as part_text, p.reason, p.decided_at, p.decided_by_name,
            (select coalesce(-sum(m.quantity), 0)
             from stock_movement m
             where m.store_id = p.store_id and m.part_id = p.id and m.kind in ('SALE', 'RETURN')) as sold
        from part_proposal p
        join store s on s.id = p.store_id
        left join part t on t.id = p.part_id
        """;

    @Select(COLUMNS + """
        where p.verdict is null
        order by p.proposed_at, p.id
        limit #{limit}
        """)
    List<ProposalRow> open(int limit);

    @Select(COLUMNS + """
        where p.verdict is not null
        order by p.decided_at desc, p.id
        limit #{limit}
        """)
    List<ProposalRow> decided(int limit);

    @Select(COLUMNS + """
        where p.id = #{id}
        """)
    Optional<ProposalRow> one(UUID id);

    @Select("""
        select count(*)
        from part_proposal
        where verdict is null
        """)
    long countOpen();

    /** Who decides waits for who decides. */
    @Select("""
        select id
        from part_proposal
        where id = #{id}
        for update
        """)
    Optional<UUID> lock(UUID id);

    /** @return whether the part has left the catalogue; empty if it was never in it. It cannot leave it before this transaction ends. */
    @Select("""
        select removed_at is not null
        from part
        where id = #{part}
        for share
        """)
    Optional<Boolean> removed(UUID part);

    @Update("""
        update part_proposal
        set verdict = #{verdict}, part_id = #{part}, reason = #{reason}, decided_at = #{at}, decided_by = #{by}, decided_by_name = #{byName},
            proposals_version = #{version}
        where id = #{id}
        and verdict is null
        """)
    int decide(
            UUID id,
            String verdict,
            @Nullable UUID part,
            String reason,
            Instant at,
            UUID by,
            String byName,
            long version);
}
