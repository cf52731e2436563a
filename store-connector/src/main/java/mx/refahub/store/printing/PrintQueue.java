package mx.refahub.store.printing;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.device.Labels;
import mx.refahub.domain.device.Printing;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.branch.Stationary;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Puts pages and labels where the spool finds them. Receipts are queued by the sale itself. */
public final class PrintQueue implements Printing, Labels {
    private static final Logger LOG = LoggerFactory.getLogger(PrintQueue.class);
    private static final Duration KEPT = Duration.ofDays(30);
    static final String PAGE = "PAGE";
    static final String LABEL = "LABEL";

    private final SqliteFile sales;
    private final PageJson json;
    private final Printers printers;
    private final IdSource ids;
    private final Clock clock;
    private final Runnable queued;

    /** @param queued called after a commit that queued something; only sets a flag and returns */
    public PrintQueue(
            SqliteFile sales, JsonMapper json, Printers printers, IdSource ids, Clock clock, Runnable queued) {
        this.sales = sales;
        this.json = new PageJson(json);
        this.printers = printers;
        this.ids = ids;
        this.clock = clock;
        this.queued = queued;
    }

    @Override
    public void print(RegisterId register, Printout printout) {
        sales.change(session -> append(session, register, printout));
        queued.run();
    }

    /** A page that belongs to no register, in the caller's transaction. */
    public void append(Session session, Printout printout) throws SQLException {
        insert(session, PAGE, "", printout.title(), json.page(printout), 1);
    }

    /** In the caller's transaction; {@link Spool#wake} is his to call after it. */
    public void append(Session session, RegisterId register, Printout printout) throws SQLException {
        insert(session, PAGE, place(session, register).toString(), printout.title(), json.page(printout), 1);
    }

    /** A station without a printer prints where the first till does. */
    private RegisterId place(Session session, RegisterId register) throws SQLException {
        if (!Stationary.is(session, register)
                || !printers.group(DeviceKind.RECEIPT_PRINTER, Optional.of(register))
                        .isEmpty()) return register;
        return session.first("""
                select id
                from register
                where not exists (select 1 from station where station.id = register.id)
                order by length(prefix), prefix
                limit 1
                """, row -> new RegisterId(row.id("id"))).orElse(register);
    }

    @Override
    public Outcome<Integer> print(Label label, int copies, Person who) {
        if (copies < 1 || copies > MOST_COPIES) return Outcome.refused("label-copies", String.valueOf(MOST_COPIES));
        if (!printsLabels()) return Outcome.refused("label-printer-missing");
        int waiting = sales.write(session -> {
            insert(session, LABEL, "", label.lineCode() + " " + label.number(), json.label(label), copies);
            return labelsWaiting(session);
        });
        LOG.info("labels queued design={} copies={} user={}", label.design(), copies, who.id());
        queued.run();
        return Outcome.done(waiting);
    }

    public boolean printsLabels() {
        return !printers.group(DeviceKind.LABEL_PRINTER, Optional.empty()).isEmpty();
    }

    /** One label, in the caller's transaction; {@link #wake} is his to call after it. */
    public void append(Session session, Label label) throws SQLException {
        insert(session, LABEL, "", label.lineCode() + " " + label.number(), json.label(label), 1);
    }

    public int labelsWaiting(Session session) throws SQLException {
        return session.first("""
                        select coalesce(sum(copies), 0) as n
                        from print_page
                        where kind = ? and printed_at is null and given_up_at is null
                        """, row -> row.small("n"), LABEL).orElse(0);
    }

    public void wake() {
        queued.run();
    }

    private void insert(Session session, String kind, String register, String title, String content, int copies)
            throws SQLException {
        UUID id = ids.next();
        session.updateOne("""
                insert into print_page (id, kind, register_id, title, content, copies, queued_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """, id, kind, register, title, content, copies, clock.instant());
    }

    /** Printed pages are kept for a month. */
    public void forgetOld() {
        sales.change(session -> session.update("""
                delete from print_page
                where printed_at < ?
                """, clock.instant().minus(KEPT)));
    }
}
