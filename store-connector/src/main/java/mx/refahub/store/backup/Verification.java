package mx.refahub.store.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.store.outbox.SqliteOutbox;
import mx.refahub.store.sqlite.ReadOnlyFile;
import mx.refahub.store.sqlite.Soundness;

/** Whether the files are sound, the chain of documents holds, and the sums are those of the rows. Reads only; beside a running store too. */
public final class Verification {
    private static final int PAGE = 500;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    private Verification() {}

    /** @param right whether all is well */
    public record Finding(boolean right, String text) {}

    public static List<Finding> of(Path data) {
        List<Finding> findings = new ArrayList<>();
        for (String name : Backups.DATABASES) {
            Path file = data.resolve(name);
            if (!Files.exists(file)) continue;
            Optional<String> trouble = Soundness.trouble(file, Soundness.Depth.FULL);
            findings.add(new Finding(trouble.isEmpty(), name + ": " + trouble.orElse("íntegro")));
        }
        Path sales = data.resolve(Backups.SALES);
        if (!Files.exists(sales)) {
            findings.add(new Finding(false, "no hay " + Backups.SALES + " en " + data));
            return findings;
        }
        if (findings.stream().allMatch(Finding::right)) {
            try (ReadOnlyFile file = ReadOnlyFile.open(sales)) {
                findings.add(chain(file));
                findings.addAll(sums(file));
            } catch (Failure e) {
                findings.add(new Finding(false, String.valueOf(e.getMessage())));
            }
        }
        return findings;
    }

    private record Pruned(long sequence, Sha256 hash) {}

    static Finding chain(ReadOnlyFile sales) {
        Optional<StoreId> store = sales.read(
                session -> session.first("select store_id from identity", row -> new StoreId(row.id("store_id"))));
        if (store.isEmpty()) return new Finding(true, "cadena de documentos: la tienda todavía no está registrada");
        Pruned start = sales.read(session ->
                        session.first("""
                select sequence, hash
                from outbox_pruned
                """, row -> new Pruned(row.number("sequence"), Sha256.of(row.bytes("hash")))))
                .orElse(new Pruned(0, Sha256.NONE));
        SqliteOutbox outbox = new SqliteOutbox(sales, store.get());
        Map<Integer, Long> bases = new HashMap<>();
        sales.read(session -> session.all("select epoch, base from epoch where base > 0", row -> {
            bases.put(row.small("epoch"), row.number("base"));
            return true;
        }));
        int epoch = -1;
        long at = start.sequence();
        Sha256 hash = start.hash();
        while (true) {
            List<Document> page;
            try {
                page = outbox.after(at, PAGE, PAGE_BYTES);
            } catch (IllegalArgumentException e) {
                return new Finding(false, "cadena de documentos: después del " + at + ": " + e.getMessage());
            }
            for (Document document : page) {
                // A new epoch begins a chain of its own, after its base.
                Long base = document.envelope().epoch() == epoch
                        ? null
                        : bases.get(document.envelope().epoch());
                if (base != null && base >= at) {
                    at = base;
                    hash = Sha256.NONE;
                }
                epoch = document.envelope().epoch();
                if (document.sequence() != at + 1)
                    return new Finding(false, "cadena de documentos: falta el " + (at + 1));
                if (!document.envelope().previousHash().equals(hash))
                    return new Finding(
                            false, "cadena de documentos: el " + document.sequence() + " no sigue al anterior");
                if (!document.envelope().hash(document.body()).equals(document.hash()))
                    return new Finding(
                            false, "cadena de documentos: el " + document.sequence() + " no es como se escribió");
                at = document.sequence();
                hash = document.hash();
            }
            if (page.isEmpty()) break;
        }
        return new Finding(true, "cadena de documentos: completa del " + (start.sequence() + 1) + " al " + at);
    }

    private static List<Finding> sums(ReadOnlyFile sales) {
        List<Finding> findings = new ArrayList<>();
        findings.add(none(sales, "existencias: el saldo es la suma de los movimientos", """
                select count(*) as n
                from (
                    select part_id, sum(quantity) as quantity
                    from (
                        select part_id, quantity
                        from stock_movement
                        union all
                        select part_id, -moved
                        from stock_balance
                    )
                    group by part_id
                    having sum(quantity) <> 0
                )
                """));
        findings.add(none(sales, "existencias: cada ubicación es la suma de sus movimientos, y su valor también", """
                select count(*) as n
                from (
                    select part_id, bin, sum(quantity) as quantity
                    from (
                        select part_id, bin, quantity
                        from stock_movement
                        union all
                        select part_id, bin, -moved
                        from stock_bin
                    )
                    group by part_id, bin
                    having sum(quantity) <> 0
                    union all
                    select part_id, '', sum(value)
                    from (
                        select part_id, value
                        from stock_movement
                        union all
                        select part_id, -value
                        from stock_balance
                    )
                    group by part_id
                    having sum(value) <> 0
                )
                """));
        findings.add(none(sales, "ventas: el total es la suma de los renglones y de los pagos", """
                select count(*) as n
                from sale
                where total <> (select coalesce(sum(total), 0) from sale_line where sale_id = sale.id)
                   or total <> (select coalesce(sum(amount), 0) from sale_tender where sale_id = sale.id)
                """));
        findings.add(none(sales, "ventas: cada una tiene su documento", """
                select count(*) as n
                from sale
                where not exists (select 1 from outbox where sequence = sale.document_sequence)
                  and not exists (select 1 from document_kept where sequence = sale.document_sequence)
                """));
        findings.add(none(sales, "folios: el siguiente de cada caja es nuevo", """
                select count(*) as n
                from register
                where next_folio <= (select coalesce(max(folio_number), 0) from sale where folio_prefix = register.prefix)
                """));
        long astray = sales.read(session -> (long) session.all("pragma foreign_key_check", row -> row.text("table"))
                .size());
        findings.add(new Finding(
                astray == 0, "referencias: ningún renglón sin su dueño" + (astray == 0 ? "" : ": NO en " + astray)));
        findings.add(none(sales, "entrega: el hub no ha confirmado más de lo que hay", """
                select count(*) as n
                from acknowledged
                where sequence > max((select coalesce(max(sequence), 0) from outbox), (select coalesce(max(base), 0) from epoch))
                """));
        return findings;
    }

    private static Finding none(ReadOnlyFile sales, String claim, String countsWrong) {
        long wrong = sales.read(session -> session.first(countsWrong, row -> row.number("n")))
                .orElse(0L);
        return new Finding(wrong == 0, wrong == 0 ? claim : claim + ": NO en " + wrong);
    }
}
