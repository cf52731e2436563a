package mx.refahub.hub.reconcile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.ResultSetType;
import org.jspecify.annotations.Nullable;

@Mapper
interface ReconcileTable {
    /** A document with everything that its hash is made of, and what the books say of it. */
    record DocumentRow(
            UUID storeId,
            int epoch,
            long sequence,
            UUID id,
            String key,
            String type,
            int schema,
            Instant occurredAt,
            UUID[] after,
            byte[] previousHash,
            byte[] hash,
            byte[] signature,
            byte[] body,
            @Nullable Long amount) {}

    @Select("""
        select d.store_id, d.epoch, d.sequence, d.id, d.key, d.type, d.schema, d.occurred_at, d.after, d.previous_hash, d.hash, d.signature,
            d.body,
            case
                when a.id is null then null
                when d.type = 'sale' then (select total from sale where document_id = d.id)
                when d.type = 'cash-session-opened' then (select opening_float from cash_session where document_id = d.id)
                when d.type = 'cash-movement' then (select amount from cash_movement where document_id = d.id)
                when d.type = 'bank-deposit' then (select total from bank_deposit where document_id = d.id)
                when d.type = 'cash-session-closed' then (select total from cash_z where document_id = d.id)
                else 0
            end as amount
        from document d
        left join document_applied a on a.id = d.id
        where d.store_id = #{store}
        and d.epoch in (select epoch from store_epoch where store_id = #{store})
        and d.sequence between #{first} and #{last}
        and d.occurred_at >= #{from}
        and d.occurred_at < #{until}
        and (#{type}::text is null or d.type = #{type})
        order by d.sequence
        """)
    @Options(fetchSize = 200, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<DocumentRow> documents(
            UUID store, @Nullable String type, Instant from, Instant until, long first, long last);

    @Select("""
        select d.store_id, d.epoch, d.sequence, d.id, d.key, d.type, d.schema, d.occurred_at, d.after, d.previous_hash, d.hash, d.signature,
            d.body, 0 as amount
        from document d
        where d.store_id = #{store}
        and d.epoch in (select epoch from store_epoch where store_id = #{store})
        and d.sequence between #{first} and #{last}
        order by d.sequence
        limit #{limit}
        """)
    List<DocumentRow> between(UUID store, long first, long last, int limit);

    @Select("""
        select landed
        from landing
        where store_id = #{store}
        for update
        """)
    Optional<Long> lock(UUID store);

    @Select("""
        select landed
        from landing
        where store_id = #{store}
        """)
    Optional<Long> landed(UUID store);

    @Select("""
        select public_key
        from store_epoch
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    Optional<byte[]> key(UUID store, int epoch);

    @Select("""
        select exists (select 1 from document where id = #{id})
        """)
    boolean knows(UUID id);

    @Insert("""
        insert into document (
            store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body, landed_at)
        values (
            #{d.storeId}, #{d.epoch}, #{d.sequence}, #{d.id}, #{d.key}, #{d.type}, #{d.schema}, #{d.occurredAt}, #{d.after},
            #{d.previousHash}, #{d.hash}, #{d.signature}, #{d.body}, #{now})
        """)
    int insert(@Param("d") DocumentRow d, Instant now);

    @Insert("""
        insert into document_to_apply (id, store_id, key, epoch, sequence)
        values (#{d.id}, #{d.storeId}, #{d.key}, #{d.epoch}, #{d.sequence})
        """)
    int queue(@Param("d") DocumentRow d);

    @Update("""
        update document
        set key = #{d.key}, type = #{d.type}, schema = #{d.schema}, occurred_at = #{d.occurredAt}, after = #{d.after},
            previous_hash = #{d.previousHash}, signature = #{d.signature}, body = #{d.body}
        where store_id = #{d.storeId}
        and epoch = #{d.epoch}
        and sequence = #{d.sequence}
        and id = #{d.id}
        and hash = #{d.hash}
        """)
    int mend(@Param("d") DocumentRow d);

    @Insert("""
        insert into reconciliation (
            id, store_id, cause, at, first_sequence, last_sequence, documents, cells, exchanged, sent_again, mended, incomplete)
        values (
            #{id}, #{store}, #{cause}, #{at}, #{first}, #{last}, #{documents}, #{cells}, #{exchanged}, #{sentAgain}, #{mended},
            #{incomplete})
        """)
    int insertRun(
            UUID id,
            UUID store,
            String cause,
            Instant at,
            long first,
            long last,
            long documents,
            int cells,
            long exchanged,
            long sentAgain,
            long mended,
            boolean incomplete);

    @Insert("""
        insert into reconciliation_cell (reconciliation_id, day, type, store_count, store_sum, hub_count, hub_sum, equal)
        select #{run}, cast(c.day as date), c.type, c.store_count, c.store_sum, c.hub_count, c.hub_sum, c.equal = 1
        from unnest(#{days}, #{types}, #{storeCounts}, #{storeSums}, #{hubCounts}, #{hubSums}, #{equal})
            as c (day, type, store_count, store_sum, hub_count, hub_sum, equal)
        """)
    int insertCells(
            UUID run,
            String[] days,
            String[] types,
            Long[] storeCounts,
            Long[] storeSums,
            Long[] hubCounts,
            Long[] hubSums,
            Long[] equal);

    /** One that is open already stays the same difference; one that somebody settled stays settled as long as both ends say the same of it. */
    @Insert("""
        insert into reconciliation_finding (
            id, store_id, sequence, kind, day, type, document_id, store_hash, hub_hash, store_amount, hub_amount, found_at, last_found_at)
        values (
            #{id}, #{store}, #{sequence}, #{kind}, #{day}, #{type}, #{document}, #{storeHash}, #{hubHash}, #{storeAmount}, #{hubAmount},
            #{at}, #{at})
        on conflict (store_id, sequence) where gone_at is null do update
        set last_found_at = excluded.last_found_at,
            settled_at = case
                when reconciliation_finding.kind = excluded.kind
                and reconciliation_finding.store_hash is not distinct from excluded.store_hash
                and reconciliation_finding.hub_hash is not distinct from excluded.hub_hash
                and reconciliation_finding.store_amount is not distinct from excluded.store_amount
                and reconciliation_finding.hub_amount is not distinct from excluded.hub_amount
                then reconciliation_finding.settled_at end,
            kind = excluded.kind,
            store_hash = excluded.store_hash,
            hub_hash = excluded.hub_hash,
            store_amount = excluded.store_amount,
            hub_amount = excluded.hub_amount
        """)
    int found(
            UUID id,
            UUID store,
            long sequence,
            String kind,
            LocalDate day,
            String type,
            @Nullable UUID document,
            @Nullable String storeHash,
            @Nullable String hubHash,
            @Nullable Long storeAmount,
            @Nullable Long hubAmount,
            Instant at);

    /** What a person amended or discarded was settled by that. */
    @Update("""
        update reconciliation_finding f
        set settled_at = #{at}, settled_by = m.decided_by_name, reason = m.reason
        from document_applied a
        join document_amendment m on m.id = a.amendment_id
        where f.store_id = #{store}
        and f.kind in ('NOT_BOOKED', 'BOOKED_DIFFERENTLY')
        and f.settled_at is null
        and f.gone_at is null
        and a.id = f.document_id
        """)
    int settleAmended(UUID store, Instant at);

    /** Words of what landed late are written too. */
    @Update("""
        update document_words_at
        set epoch = #{epoch}, sequence = #{sequence} - 1
        where store_id = #{store}
        and (epoch, sequence) >= (#{epoch}, #{sequence})
        """)
    int findWordsAgain(UUID store, int epoch, long sequence);

    /** Of what was compared, differences that the report no longer names. */
    @Update("""
        update reconciliation_finding
        set gone_at = #{at}
        where store_id = #{store}
        and gone_at is null
        and sequence between #{first} and #{last}
        and last_found_at < #{at}
        """)
    int gone(UUID store, long first, long last, Instant at);

    @Update("""
        update reconciliation_finding
        set store_copy = #{copy}
        where store_id = #{store}
        and sequence = #{sequence}
        and gone_at is null
        """)
    int keepCopy(UUID store, long sequence, byte[] copy);

    record RunRow(
            UUID id,
            String cause,
            Instant at,
            long firstSequence,
            long lastSequence,
            long documents,
            int cells,
            int unequal,
            long exchanged,
            long sentAgain,
            long mended,
            boolean incomplete) {}

    @Select("""
        select r.id, r.cause, r.at, r.first_sequence, r.last_sequence, r.documents, r.cells,
            cast((select count(*) from reconciliation_cell c where c.reconciliation_id = r.id and not c.equal) as integer) as unequal,
            r.exchanged, r.sent_again, r.mended, r.incomplete
        from reconciliation r
        where r.store_id = #{store}
        order by r.at desc
        limit #{most}
        """)
    List<RunRow> runs(UUID store, int most);

    record RoundRow(
            UUID storeId,
            String code,
            String name,
            @Nullable String outcome,
            boolean fresh,
            @Nullable Instant endedAt,
            int days,
            long documents,
            int unequal,
            int differences,
            long sentAgain,
            long mended,
            boolean incomplete,
            @Nullable String said) {}

    @Select("""
        select r.store_id, s.code, s.name, r.outcome, r.fresh, r.ended_at, r.days, r.documents, r.unequal, r.differences, r.sent_again,
            r.mended, r.incomplete, r.said
        from reconciliation_round r
        join store s on s.id = r.store_id
        where r.run_id = #{run}
        order by array_position(array['DIFFERENT', 'FAILED', 'SILENT'], r.outcome), r.outcome is not null, s.code
        """)
    List<RoundRow> round(long run);

    record CellRow(
            LocalDate day, String type, long storeCount, long storeSum, long hubCount, long hubSum, boolean equal) {}

    @Select("""
        select day, type, store_count, store_sum, hub_count, hub_sum, equal
        from reconciliation_cell
        where reconciliation_id = #{run}
        order by equal, day desc, type
        """)
    List<CellRow> cells(UUID run);

    record FindingRow(
            UUID id,
            UUID storeId,
            String kind,
            long sequence,
            @Nullable UUID documentId,
            LocalDate day,
            String type,
            @Nullable Long storeAmount,
            @Nullable Long hubAmount,
            Instant foundAt,
            @Nullable Instant goneAt,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            @Nullable String reason,
            byte @Nullable [] storeCopy) {}

    @Select("""
        select id, store_id, kind, sequence, document_id, day, type, store_amount, hub_amount, found_at, gone_at, settled_at, settled_by,
            reason, null::bytea as store_copy
        from reconciliation_finding
        where store_id = #{store}
        order by gone_at is not null, settled_at is not null, found_at desc, sequence
        limit #{most}
        """)
    List<FindingRow> findings(UUID store, int most);

    @Select("""
        select id, store_id, kind, sequence, document_id, day, type, store_amount, hub_amount, found_at, gone_at, settled_at, settled_by,
            reason, store_copy
        from reconciliation_finding
        where id = #{id}
        """)
    Optional<FindingRow> finding(UUID id);

    @Update("""
        update reconciliation_finding
        set settled_at = #{at}, settled_by = #{by}, reason = #{reason}
        where id = #{id}
        and settled_at is null
        and gone_at is null
        """)
    int settle(UUID id, Instant at, String by, String reason);

    @Update("""
        delete from reconciliation
        where store_id = #{store}
        and at < #{before}
        """)
    int forget(UUID store, Instant before);
}
