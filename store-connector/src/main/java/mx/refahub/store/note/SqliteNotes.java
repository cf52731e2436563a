package mx.refahub.store.note;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.note.Note;
import mx.refahub.domain.note.Notes;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.branch.Stationary;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.sale.SqliteTill;
import mx.refahub.store.sale.Tickets;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.terminal.CardCharges;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in sales.db. A note that waits is a parked ticket with a number. It lapses by the clock alone: whatever reads leaves expired ones out, and the
 * next act here ends their tickets.
 */
public final class SqliteNotes implements Notes {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteNotes.class);
    private static final int MOST_LISTED = 200;

    private final SqliteFile sales;
    private final BranchSettings branches;
    private final Tickets tickets;
    private final NoteSettings settings;
    private final PrintQueue prints;
    private final Clock clock;
    private final Runnable queued;

    /** @param queued called after a commit that queued a page; only sets a flag and returns */
    public SqliteNotes(
            SqliteFile sales,
            BranchSettings branches,
            Tickets tickets,
            NoteSettings settings,
            PrintQueue prints,
            Clock clock,
            Runnable queued) {
        this.sales = sales;
        this.branches = branches;
        this.tickets = tickets;
        this.settings = settings;
        this.prints = prints;
        this.clock = clock;
        this.queued = queued;
    }

    private record Row(
            UUID ticket,
            long number,
            UserId by,
            String byName,
            Instant at,
            Instant expiresAt,
            @Nullable Instant expired) {
        boolean lapsed(Instant now) {
            return expired != null || !expiresAt.isAfter(now);
        }
    }

    @Override
    public Setting setting() {
        return new Setting(settings.separate(), settings.life());
    }

    @Override
    public Outcome<Note> issue(UUID ticket, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Outcome<Note> issued = sales.write(session -> {
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (head == null) return Outcome.refused("ticket-unknown");
            Instant now = clock.instant();
            expire(session, now);
            Row there = row(session, ticket).orElse(null);
            // While it is in hand it does not lapse; put aside again it waits anew.
            if (there != null && (there.expired() != null || head.parked() && there.lapsed(now))) return expired(there);
            if (head.finished()) return Outcome.refused("ticket-finished");
            Ticket present = tickets.ticket(session, head, branch.region());
            if (there != null && head.parked()) return Outcome.done(note(there, present));
            if (head.parked()) return Outcome.refused("ticket-parked");
            if (present.lines().isEmpty()) return Outcome.refused("ticket-empty");
            if (there == null)
                insert(session, ticket, who, now, settings.separate() || Stationary.is(session, head.register()));
            tickets.park(session, ticket, "", who, now);
            Note note = note(row(session, ticket).orElseThrow(), present);
            prints.append(session, head.register(), NotePaper.of(note, present, branch, false));
            LOG.info("note issued ticket={} number={} lines={} user={}", ticket, note.number(), note.lines(), who.id());
            return Outcome.done(note);
        });
        queued.run();
        return issued;
    }

    private void insert(Session session, UUID ticket, Person who, Instant now, boolean handOver) throws SQLException {
        session.updateOne("""
                insert into note (ticket_id, number, issued_by, issued_by_name, issued_at, expires_at, hand_over)
                values (?, (select coalesce(max(number), 0) + 1 from note), ?, ?, ?, ?, ?)
                """, ticket, who.id().value(), who.name(), now, now.plus(settings.life()), handOver);
    }

    private void renew(Session session, UUID ticket, Instant now) throws SQLException {
        session.updateOne("""
                update note
                set expires_at = ?
                where ticket_id = ?
                """, now.plus(settings.life()), ticket);
        session.update("update note_hold set until = ? where ticket_id = ?", now.plus(settings.life()), ticket);
    }

    @Override
    public List<Note> waiting() {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return List.of();
        Instant now = clock.instant();
        // What has lapsed lets its pieces and its promise go as soon as somebody looks.
        if (sales.read(session -> !lapsed(session, now).isEmpty()))
            sales.write(session -> {
                expire(session, now);
                return true;
            });
        return sales.read(session -> all(session, branch));
    }

    private List<Note> all(Session session, Branch branch) throws SQLException {
        List<Row> rows = session.all("""
                select note.ticket_id, note.number, note.issued_by, note.issued_by_name, note.issued_at, note.expires_at, note.expired_at
                from note
                join ticket on ticket.id = note.ticket_id
                where note.expired_at is null and note.expires_at > ?
                and ticket.parked_at is not null and ticket.finished_at is null and ticket.dropped_at is null
                order by note.number
                limit ?
                """, SqliteNotes::row, clock.instant(), MOST_LISTED);
        List<Note> notes = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Tickets.Head head = tickets.head(session, row.ticket()).orElseThrow();
            notes.add(note(row, tickets.ticket(session, head, branch.region())));
        }
        return notes;
    }

    @Override
    public Outcome<Ticket> collect(RegisterId register, String text, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Note.Code code = Note.Code.of(text).orElse(null);
        if (code == null) return Outcome.refused("note-unknown", text.strip());
        return sales.write(session -> {
            if (SqliteTill.openCashSession(session, register).isEmpty()) return Outcome.refused("cash-session-closed");
            Instant now = clock.instant();
            expire(session, now);
            Row row = row(session, code).orElse(null);
            if (row == null) return Outcome.refused("note-unknown", text.strip());
            Tickets.Head head = tickets.head(session, row.ticket()).orElse(null);
            if (head == null || head.finished()) {
                if (row.expired() != null) return expired(row);
                return Outcome.refused("note-collected", Long.toString(row.number()));
            }
            if (!head.parked())
                return head.register().equals(register)
                        ? Outcome.done(tickets.ticket(session, head, branch.region()))
                        : Outcome.refused("ticket-not-parked");
            tickets.inHand(session, register).ifPresent(there -> putAside(session, there, branch, who, now));
            tickets.takeUp(session, row.ticket(), register);
            LOG.info("note collected ticket={} number={} register={}", row.ticket(), row.number(), register);
            Tickets.Head taken = tickets.head(session, row.ticket()).orElseThrow();
            return Outcome.done(tickets.ticket(session, taken, branch.region()));
        });
    }

    private void putAside(Session session, Tickets.Head there, Branch branch, Person who, Instant now) {
        try {
            if (tickets.ticket(session, there, branch.region()).lines().isEmpty())
                tickets.drop(session, there.id(), now);
            else tickets.park(session, there.id(), "", who, now);
        } catch (SQLException e) {
            throw new IllegalStateException("ticket " + there.id() + " cannot be put aside", e);
        }
    }

    @Override
    public Outcome<List<Note>> cancel(UUID ticket, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        return sales.write(session -> {
            Row row = row(session, ticket).orElse(null);
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (row == null || head == null) return Outcome.refused("note-unknown", "");
            if (!head.finished()) {
                if (!head.parked()) return Outcome.refused("note-collected", Long.toString(row.number()));
                if (CardCharges.hang(session, ticket)) return Outcome.refused("card-charge-on-ticket");
                end(session, ticket, clock.instant());
                LOG.info("note cancelled ticket={} number={} user={}", ticket, row.number(), who.id());
            }
            return Outcome.done(all(session, branch));
        });
    }

    @Override
    public Outcome<Note> reprint(UUID ticket, Person who) {
        Branch branch = branches.current().orElse(null);
        if (branch == null) return Outcome.refused("store-not-ready");
        Outcome<Note> printed = sales.write(session -> {
            Row row = row(session, ticket).orElse(null);
            Tickets.Head head = tickets.head(session, ticket).orElse(null);
            if (row == null || head == null) return Outcome.refused("note-unknown", "");
            if (row.lapsed(clock.instant()) && head.parked()) return expired(row);
            if (head.finished() || !head.parked())
                return Outcome.refused("note-collected", Long.toString(row.number()));
            Ticket present = tickets.ticket(session, head, branch.region());
            Note note = note(row, present);
            prints.append(session, head.register(), NotePaper.of(note, present, branch, true));
            LOG.info("note printed again ticket={} number={} user={}", ticket, row.number(), who.id());
            return Outcome.done(note);
        });
        queued.run();
        return printed;
    }

    /** Ends the tickets of notes that nobody collected. One that a card was charged for stays, until somebody reverses the charge. */
    private void expire(Session session, Instant now) throws SQLException {
        for (UUID ticket : lapsed(session, now)) {
            if (CardCharges.hang(session, ticket)) renew(session, ticket, now);
            else {
                end(session, ticket, now);
                LOG.info("note expired ticket={}", ticket);
            }
        }
    }

    private static List<UUID> lapsed(Session session, Instant now) throws SQLException {
        return session.all("""
                select note.ticket_id
                from note
                join ticket on ticket.id = note.ticket_id
                where note.expired_at is null and note.expires_at <= ?
                and ticket.parked_at is not null and ticket.finished_at is null and ticket.dropped_at is null
                """, row -> row.id("ticket_id"), now);
    }

    private void end(Session session, UUID ticket, Instant now) throws SQLException {
        tickets.drop(session, ticket, now);
        session.updateOne("""
                update note
                set expired_at = ?
                where ticket_id = ?
                """, now, ticket);
    }

    private static <T> Outcome<T> expired(Row row) {
        return Outcome.refused("note-expired", Long.toString(row.number()));
    }

    private static Optional<Row> row(Session session, UUID ticket) throws SQLException {
        return session.first("""
                select ticket_id, number, issued_by, issued_by_name, issued_at, expires_at, expired_at
                from note
                where ticket_id = ?
                """, SqliteNotes::row, ticket);
    }

    private static Optional<Row> row(Session session, Note.Code code) throws SQLException {
        return session.first("""
                select ticket_id, number, issued_by, issued_by_name, issued_at, expires_at, expired_at
                from note
                where number = ?
                """, SqliteNotes::row, code.number()).filter(row -> code.fits(row.ticket()));
    }

    private static Row row(mx.refahub.store.sqlite.Row row) throws SQLException {
        return new Row(
                row.id("ticket_id"),
                row.number("number"),
                new UserId(row.id("issued_by")),
                row.text("issued_by_name"),
                row.instant("issued_at"),
                row.instant("expires_at"),
                row.isNull("expired_at") ? null : row.instant("expired_at"));
    }

    private static Note note(Row row, Ticket ticket) {
        return new Note(
                row.ticket(),
                row.number(),
                row.by(),
                row.byName(),
                row.at(),
                row.expiresAt(),
                ticket.lines().size(),
                ticket.totals().total(),
                ticket.buyer() == null ? "" : ticket.buyer().name());
    }
}
