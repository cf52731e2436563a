package mx.refahub.store.identity;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.Refusal;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the hub lets this machine be the store. A 'no' is kept over a restart without a network: two machines that sell under the same folios are worse than one that waits.
 */
public final class Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);
    /** Codes with which nothing is sold; any other word of the hub is only shown. */
    private static final Set<String> SHUT = Set.of("store-replaced", "store-copied", "store-behind-hub");

    private final SqliteFile sales;
    private final Clock clock;
    private volatile @Nullable Word word;

    private record Word(String code, long here, long hub) {}

    public Standing(SqliteFile sales, Clock clock) {
        this.sales = sales;
        this.clock = clock;
        this.word = sales.read(session ->
                        session.first("""
                select code, here, hub
                from standing
                where only_row = 1
                """, row -> new Word(row.text("code"), row.number("here"), row.number("hub"))))
                .orElse(null);
    }

    /** What the till says instead of selling. */
    public Optional<Refusal> refusal() {
        Word said = word;
        if (said == null) return Optional.empty();
        return Optional.of(
                said.code.equals("store-behind-hub")
                        ? Refusal.of(said.code, Long.toString(said.hub), Long.toString(said.here))
                        : Refusal.of(said.code));
    }

    /**
     * @param code of a refusal, or null when all is well
     * @param here the last sequence that was written here, {@code hub} how far the hub has them
     */
    public void said(@Nullable String code, long here, long hub) {
        // A sale written while the question was on its way may have landed before it: then the hub has no more than is
        // here.
        boolean overtaken = "store-behind-hub".equals(code) && here >= hub;
        if (code == null || overtaken) {
            clear();
            return;
        }
        if (!SHUT.contains(code)) return;
        Word before = word;
        Word now = new Word(code, here, hub);
        if (now.equals(before)) return;
        sales.change(session -> session.updateOne("""
                insert into standing (only_row, code, here, hub, at)
                values (1, ?, ?, ?, ?)
                on conflict (only_row) do update
                set code = excluded.code, here = excluded.here, hub = excluded.hub, at = excluded.at
                """, code, here, hub, clock.instant()));
        word = now;
        if (before == null || !before.code.equals(code))
            LOG.error("this machine may not sell as the store code={} here={} hub={}", code, here, hub);
    }

    /** The hub takes this machine for the store. */
    public void clear() {
        if (word == null) return;
        sales.change(session -> session.update("delete from standing"));
        word = null;
        LOG.info("this machine is the store again");
    }
}
