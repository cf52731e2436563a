package mx.refahub.store.relay;

import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.delivery.RelayCursor;
import mx.refahub.store.sqlite.SqliteFile;

/** The cursor in relay.db. */
public final class SqliteRelayCursor implements RelayCursor {
    private final SqliteFile relay;
    private final long base;

    /** @param base where an epoch begins of which the file knows nothing */
    public SqliteRelayCursor(SqliteFile relay, long base) {
        this.relay = relay;
        this.base = base;
    }

    @Override
    public Relay load(int epoch) {
        return relay.read(session -> session.first(
                        """
                select relayed, acknowledged, resync_epoch, hub_epoch
                from cursor
                where only_row = 1 and epoch = ?
                """,
                        row -> new Relay(
                                row.number("relayed"),
                                row.number("acknowledged"),
                                row.small("resync_epoch"),
                                row.number("hub_epoch")),
                        epoch))
                .orElse(Relay.from(base));
    }

    @Override
    public void save(int epoch, Relay state) {
        relay.change(session -> session.updateOne(
                """
                insert into cursor (only_row, epoch, relayed, acknowledged, resync_epoch, hub_epoch)
                values (1, ?, ?, ?, ?, ?)
                on conflict (only_row) do update
                set epoch = excluded.epoch, relayed = excluded.relayed, acknowledged = excluded.acknowledged,
                    resync_epoch = excluded.resync_epoch, hub_epoch = excluded.hub_epoch
                """, epoch, state.relayed(), state.acknowledged(), state.resyncEpoch(), state.hubEpoch()));
    }
}
