package mx.refahub.store.station;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.Stations;
import mx.refahub.store.sale.SqliteTicketShelf;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stations in sales.db. Codes live in memory alone: a restart voids them. */
public final class SqliteStations implements Stations {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStations.class);
    private static final int TOKEN_BYTES = 32;
    private static final int CODES = 100_000_000;

    private record Invited(String name, Instant expiresAt) {}

    private final SqliteFile sales;
    private final SqliteTicketShelf shelf;
    private final IdSource ids;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<String, Invited> invited = new HashMap<>();
    private int wrong;

    public SqliteStations(SqliteFile sales, SqliteTicketShelf shelf, IdSource ids, Clock clock, SecureRandom random) {
        this.sales = sales;
        this.shelf = shelf;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized Outcome<Invitation> invite(String name, Person who) {
        String text = name.strip();
        if (text.isEmpty() || text.length() > MAX_NAME)
            return Outcome.refused("station-name", Integer.toString(MAX_NAME));
        forgetOld();
        boolean pending =
                invited.values().stream().anyMatch(one -> folded(one.name()).equals(folded(text)));
        if (pending || taken(text)) return Outcome.refused("station-name-taken", text);
        if (all().size() + invited.size() >= MOST) return Outcome.refused("station-most", Integer.toString(MOST));
        String code;
        do code = String.format(Locale.ROOT, "%08d", random.nextInt(CODES));
        while (invited.containsKey(code));
        Invited one = new Invited(text, clock.instant().plus(CODE_LIFE));
        invited.put(code, one);
        wrong = 0;
        LOG.info("station invited user={}", who.id());
        return Outcome.done(new Invitation(code, text, one.expiresAt()));
    }

    /** Of a till, or of a station that still is one. */
    private boolean taken(String name) {
        return sales.read(session -> session.all("""
                        select name
                        from register
                        where not exists (select 1 from station where station.id = register.id and revoked_at is not null)
                        """, row -> folded(row.text("name"))))
                .contains(folded(name));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void forgetOld() {
        Instant now = clock.instant();
        invited.values().removeIf(one -> !one.expiresAt().isAfter(now));
    }

    @Override
    public synchronized Outcome<Paired> pair(String code, Person who) {
        forgetOld();
        String digits = code.replaceAll("[\\s-]", "");
        Invited one = invited.get(digits);
        if (one == null) {
            if (++wrong < MOST_TRIES) return Outcome.refused("station-code-wrong");
            invited.clear();
            LOG.warn("station codes void after wrong tries user={}", who.id());
            return Outcome.refused("station-code-void");
        }
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        RegisterId id = new RegisterId(ids.next());
        Optional<Station> made = sales.write(session -> {
            String prefix = freePrefix(session).orElse(null);
            if (prefix == null) return Optional.empty();
            session.updateOne(
                    "insert into register (id, name, prefix) values (?, ?, ?)", id.value(), one.name(), prefix);
            session.updateOne("""
                    insert into station (id, token_hash, paired_at, paired_by_name)
                    values (?, ?, ?, ?)
                    """, id.value(), hash(token), clock.instant(), who.name());
            return session.first(SELECT + "where station.id = ?", SqliteStations::station, id.value());
        });
        if (made.isEmpty()) return Outcome.refused("store-not-ready");
        invited.remove(digits);
        wrong = 0;
        LOG.info("station paired station={} user={}", id, who.id());
        return Outcome.done(new Paired(made.get(), token));
    }

    /** Behind the first till's, which is the company's alone: quotes are numbered under it. Not one that a machine before this one has used. */
    private static Optional<String> freePrefix(Session session) throws SQLException {
        String till = session.first("""
                select prefix
                from register
                where not exists (select 1 from station where station.id = register.id)
                order by length(prefix), prefix
                limit 1
                """, row -> row.text("prefix")).orElse(null);
        if (till == null) return Optional.empty();
        for (int n = 1; ; n++) {
            String prefix = till + "M" + n;
            boolean used = session.exists("select 1 from register where prefix = ?", prefix)
                    || session.exists(
                            "select 1 from promise where number between ? and ?", prefix + "-", prefix + "-~");
            if (!used) return Optional.of(prefix);
        }
    }

    private static String hash(String token) {
        return Sha256.digest(token.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static final String SELECT = """
            select station.id, register.name, register.prefix, station.paired_at, station.paired_by_name
            from station
            join register on register.id = station.id
            """;

    private static Station station(Row row) throws SQLException {
        return new Station(
                new RegisterId(row.id("id")),
                row.text("name"),
                row.text("prefix"),
                row.instant("paired_at"),
                row.text("paired_by_name"));
    }

    @Override
    public Optional<Station> of(String token) {
        return sales.read(session -> session.first(
                SELECT + "where station.token_hash = ? and station.revoked_at is null",
                SqliteStations::station,
                hash(token)));
    }

    @Override
    public List<Station> all() {
        return sales.read(session -> session.all(
                SELECT + "where station.revoked_at is null order by register.name, station.id",
                SqliteStations::station));
    }

    @Override
    public Outcome<List<Station>> revoke(RegisterId station, Person who) {
        UUID id = station.value();
        boolean known = sales.write(session -> {
            if (!session.exists("select 1 from station where id = ?", id)) return false;
            shelf.putAside(session, station, who);
            session.update(
                    "update station set revoked_at = ? where id = ? and revoked_at is null", clock.instant(), id);
            return true;
        });
        if (!known) return Outcome.refused("station-unknown");
        LOG.info("station revoked station={} user={}", station, who.id());
        return Outcome.done(all());
    }
}
