package mx.refahub.store.drawer;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.printing.DrawerPulses;
import mx.refahub.store.printing.PrinterTalk;
import mx.refahub.store.printing.Printers;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drawers that hang from receipt printers. The book is written before the pulse: what is in it may not have opened, but nothing opens that is not in it. */
public final class PrinterDrawer implements CashDrawer, DrawerPulses {
    private static final Logger LOG = LoggerFactory.getLogger(PrinterDrawer.class);
    private static final Duration LINE_BUSY = Duration.ofSeconds(3);
    private static final int MOST_LISTED = 500;
    private static final int LONGEST_WHY = 200;

    private final SqliteFile sales;
    private final Printers printers;
    private final PrinterTalk talk;
    private final DrawerSettings rule;
    private final IdSource ids;
    private final Clock clock;

    public PrinterDrawer(
            SqliteFile sales, Printers printers, PrinterTalk talk, DrawerSettings rule, IdSource ids, Clock clock) {
        this.sales = sales;
        this.printers = printers;
        this.talk = talk;
        this.rule = rule;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public boolean opensFor(Sale sale) {
        return rule.opensFor().contains(reason(sale));
    }

    private static Reason reason(Sale sale) {
        return sale.totals().total().isNegative() ? Reason.CASH_REFUND : Reason.CASH_SALE;
    }

    @Override
    public void write(Session session, UUID id, Sale sale, String device) throws SQLException {
        insert(
                session,
                new Opening(
                        id,
                        sale.register(),
                        clock.instant(),
                        reason(sale),
                        sale.folio().text(),
                        sale.cashierName(),
                        device),
                sale.cashier().toString());
    }

    @Override
    public void byRule(RegisterId register, Reason reason, String cause, Person who) {
        if (!rule.opensFor().contains(reason)) return;
        Thread.ofVirtual().name("drawer").start(() -> {
            try {
                if (open(ids.next(), register, reason, cause, who) instanceof Outcome.Refused<Opening>(var refusal))
                    LOG.warn("drawer stays shut register={} reason={} because={}", register, reason, refusal.code());
            } catch (RuntimeException e) {
                LOG.error("drawer stays shut register={} reason={}", register, reason, e);
            }
        });
    }

    @Override
    public Outcome<Opening> byHand(UUID act, RegisterId register, String why, Person who) {
        String given = why.strip();
        if (given.isEmpty()) return Outcome.refused("drawer-why-missing");
        if (given.length() > LONGEST_WHY) given = given.substring(0, LONGEST_WHY);
        // The same key press again has opened it already.
        Optional<Opening> done = sales.read(session -> session.first("""
                select id, register_id, at, reason, cause, user_name, device
                from drawer_opening
                where id = ?
                """, PrinterDrawer::opening, act));
        return done.isPresent() ? Outcome.done(done.get()) : open(act, register, Reason.BY_HAND, given, who);
    }

    private Outcome<Opening> open(UUID id, RegisterId register, Reason reason, String cause, Person who) {
        boolean known = sales.read(session -> session.exists("""
                select 1
                from register
                where id = ?
                """, register.value()));
        if (!known) return Outcome.refused("register-unknown");
        List<Device> withDrawer = printers.group(DeviceKind.RECEIPT_PRINTER, Optional.of(register)).stream()
                .filter(device -> !device.text("drawer").equals("NONE"))
                .toList();
        if (withDrawer.isEmpty()) return Outcome.refused("drawer-missing");
        // The drawer is where the first choice is: another printer's would be another register's money.
        return pulse(id, register, withDrawer.getFirst(), reason, cause, who);
    }

    /** Sends the pulse to this printer. */
    public Outcome<Opening> pulse(
            UUID id, RegisterId register, Device device, Reason reason, String cause, Person who) {
        Opening opening = new Opening(id, register, clock.instant(), reason, cause, who.name(), device.id());
        Lock line = printers.line(device);
        boolean held = false;
        try {
            held = line.tryLock(LINE_BUSY.toMillis(), TimeUnit.MILLISECONDS);
            if (!held) return Outcome.refused("drawer-failing", device.name());
            DeviceState state = talk.look(device);
            if (state.condition() == DeviceState.Condition.AWAY)
                return Outcome.refused("drawer-failing", device.name());
            sales.change(session -> insert(session, opening, who.id().toString()));
            talk.pulse(device, !state.works());
        } catch (IOException e) {
            LOG.warn("drawer may be shut register={} reason={} because={}", register, reason, e.getMessage());
            return Outcome.refused("drawer-failing", device.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused("drawer-failing", device.name());
        } finally {
            if (held) line.unlock();
        }
        LOG.info("drawer opened register={} reason={} cause={} user={}", register, reason, cause, who.id());
        return Outcome.done(opening);
    }

    private static void insert(Session session, Opening opening, String user) throws SQLException {
        session.updateOne(
                """
                insert into drawer_opening (id, register_id, at, reason, cause, user_id, user_name, device)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                opening.id(),
                opening.register().value(),
                opening.at(),
                opening.reason(),
                opening.cause(),
                user,
                opening.personName(),
                opening.device());
    }

    @Override
    public List<Opening> latest(RegisterId register, int limit) {
        return sales.read(session ->
                session.all("""
                select id, register_id, at, reason, cause, user_name, device
                from drawer_opening
                where register_id = ?
                order by at desc, rowid desc
                limit ?
                """, PrinterDrawer::opening, register.value(), Math.clamp(limit, 1, MOST_LISTED)));
    }

    private static Opening opening(Row row) throws SQLException {
        return new Opening(
                row.id("id"),
                new RegisterId(row.id("register_id")),
                row.instant("at"),
                Reason.valueOf(row.text("reason")),
                row.text("cause"),
                row.text("user_name"),
                row.text("device"));
    }
}
