package mx.refahub.store.outbox;

import java.time.Clock;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.sqlite.SqliteFile;

/** How far the hub has our documents, as the child process heard it; recorded by the main process, which alone writes sales.db. */
public final class Acknowledged {
    private final SqliteFile sales;
    private final Identities identities;
    private final Clock clock;
    private volatile long sequence;

    public Acknowledged(SqliteFile sales, Identities identities, Clock clock) {
        this.sales = sales;
        this.identities = identities;
        this.clock = clock;
        this.sequence = stored();
        // A new life begins with all before it acknowledged.
        identities.whenRegistered(identity -> this.sequence = stored());
    }

    private long stored() {
        return sales.read(session -> session.first("""
                select sequence
                from acknowledged
                where only_row = 1
                """, row -> row.number("sequence")))
                .orElse(0L);
    }

    public long sequence() {
        return sequence;
    }

    /** Late, repeated and foreign ones change nothing; a restored hub may go back, in a newer hub epoch. */
    public void record(Acknowledgement acknowledgement) {
        boolean ours = identities
                .current()
                .filter(identity ->
                        identity.store().equals(acknowledgement.store()) && identity.epoch() == acknowledgement.epoch())
                .isPresent();
        if (!ours) return;
        sequence = sales.write(session -> {
            session.update(
                    """
                    insert into acknowledged (only_row, sequence, hub_epoch, hash, at)
                    values (1, ?, ?, ?, ?)
                    on conflict (only_row) do update
                    set sequence = excluded.sequence, hub_epoch = excluded.hub_epoch, hash = excluded.hash, at = excluded.at
                    where excluded.hub_epoch > acknowledged.hub_epoch
                       or (excluded.hub_epoch = acknowledged.hub_epoch and excluded.sequence > acknowledged.sequence)
                    """,
                    acknowledgement.landed(),
                    acknowledgement.hubEpoch(),
                    acknowledgement.hash().bytes(),
                    clock.instant());
            return session.first("""
                    select sequence
                    from acknowledged
                    where only_row = 1
                    """, row -> row.number("sequence")).orElseThrow();
        });
    }
}
