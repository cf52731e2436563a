package mx.refahub.hub.market;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Reason;
import mx.refahub.domain.market.Hint.Subject;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Marketplace.Change;
import mx.refahub.domain.market.Marketplace.Page;
import mx.refahub.domain.market.Marketplace.Report;
import mx.refahub.domain.market.Offer;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Question;
import mx.refahub.domain.market.Submission;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImages;
import mx.refahub.hub.market.Sellers.Opened;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresMarketCounter implements MarketCounter {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresMarketCounter.class);
    private static final Duration CLAIM = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration STALE = Duration.ofHours(1);
    private static final int AT_ONCE = 50;
    private static final Duration HINTS_KEPT = Duration.ofDays(30);
    private static final Duration JOURNAL_KEPT = Duration.ofDays(90);
    private static final int PRUNED_AT_ONCE = 1_000;
    private static final int MOST_TRIES = 8;
    private static final int LONGEST_REASON = 2_000;
    private static final int FIRST_WAIT = 30;
    private static final int MOST_DOUBLINGS = 7;

    private final Sellers sellers;
    private final ListingPlan plan;
    private final OrderBook orders;
    private final PartImages images;
    private final PublicPictures pictures;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ZoneId zone;

    PostgresMarketCounter(
            Sellers sellers,
            ListingPlan plan,
            OrderBook orders,
            PartImages images,
            PublicPictures pictures,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            ZoneId zone) {
        this.sellers = sellers;
        this.plan = plan;
        this.orders = orders;
        this.images = images;
        this.pictures = pictures;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.zone = zone;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    @Override
    public List<Seller> sellers() {
        return sellers.all().stream()
                .map(each -> new Seller(each.id(), each.name()))
                .toList();
    }

    @Override
    public long plan(UUID connection) {
        sellers.row(connection);
        return Objects.requireNonNull(transaction.execute(
                status -> plan.bring(connection, now(), LocalDate.ofInstant(clock.instant(), zone))));
    }

    private Opened opened(UUID connection) {
        return sellers.find(connection)
                .orElseThrow(() -> mx.refahub.domain.Failure.rejected("connection " + connection + " is gone"));
    }

    /** Whether it wants us to wait, or lets nobody in. */
    private boolean isClosed(UUID connection) {
        Sellers.Row row = sellers.row(connection);
        return row.lockedWhy() != null
                || row.waitUntil() != null && row.waitUntil().isAfter(clock.instant());
    }

    // Listings

    private static final String CLAIM_SQL = """
        update market_listing m
        set claimed_until = :until, maybe = m.maybe or m.claimed_until is not null,
            pending = m.wanted_price || ' ' || m.wanted_pieces || ' ' || m.wanted_hash || ' ' || m.wanted_state
        where m.id in (
            select id
            from market_listing
            where connection_id = :connection
            and next_try <= :now
            and coalesce(claimed_until, '-infinity') <= :now
            and due = :due
            order by changed_at, id
            limit :limit
            for update skip locked)
        returning m.id, m.sku, m.outside_id, m.maybe, m.wanted_pieces, m.wanted_price, m.sent_pieces, m.sent_price
        """;

    @Override
    public List<Piece> toPublish(UUID connection) {
        return claim(connection, AT_ONCE, "PUBLISH");
    }

    @Override
    public List<Piece> toChange(UUID connection) {
        int most = sellers.find(connection)
                .map(each -> each.market().limits().changes())
                .orElse(AT_ONCE);
        return claim(connection, most, "CHANGE");
    }

    private List<Piece> claim(UUID connection, int limit, String due) {
        if (isClosed(connection)) return List.of();
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql(CLAIM_SQL)
                .param("connection", connection)
                .param("due", due)
                .param("now", now())
                .param("until", now().plus(CLAIM))
                .param("limit", limit)
                .query((row, n) -> piece(connection, row, due.equals("CHANGE")))
                .list()));
    }

    private static Piece piece(UUID connection, ResultSet row, boolean changes) throws SQLException {
        String sku = row.getString("sku");
        String outside = row.getString("outside_id");
        Change change = null;
        if (changes) {
            long price = row.getLong("wanted_price");
            long sent = row.getLong("sent_price");
            change = new Change(sku, outside, row.getLong("wanted_pieces"), price == sent ? null : Money.mxn(price));
        }
        return new Piece(
                row.getObject("id", UUID.class), connection, sku, outside, row.getBoolean("maybe"), change, null);
    }

    @Override
    public Piece fill(Piece piece) {
        Opened opened = opened(piece.connection());
        record Row(
                UUID part,
                String name,
                String brand,
                String number,
                String category,
                String barcode,
                String outsideCategory,
                long price,
                long pieces) {}
        Row row = jdbc.sql("""
                select m.part_id, p.name_es, p.brand, p.part_number, p.category, coalesce((
                        select min(b.barcode)
                        from part_barcode b
                        where b.part_id = p.id
                        and b.pack = 1000
                        and b.barcode ~ '^[0-9]{8,14}$'), '') as barcode,
                    coalesce(r.outside_category, '') as outside_category, split_part(m.pending, ' ', 1)::bigint as price,
                    split_part(m.pending, ' ', 2)::bigint as pieces
                from market_listing m
                join part p on p.id = m.part_id
                left join market_rule r on r.id = m.rule_id
                where m.id = :id
                """)
                .param("id", piece.listing())
                .query((found, n) -> new Row(
                        found.getObject(1, UUID.class),
                        found.getString(2),
                        found.getString(3),
                        found.getString(4),
                        found.getString(5),
                        found.getString(6),
                        found.getString(7),
                        found.getLong(8),
                        found.getLong(9)))
                .single();
        PartId part = new PartId(row.part());
        List<Fitment> fitments = jdbc.sql("""
                select make, model, year_from, year_to, engine, body, position, notes
                from fitment
                where part_id = :part
                order by make, model, year_from, year_to, engine, position
                """)
                .param("part", row.part())
                .query((found, n) -> new Fitment(
                        found.getString(1),
                        found.getString(2),
                        found.getInt(3),
                        found.getInt(4),
                        found.getString(5),
                        found.getString(6),
                        found.getString(7),
                        found.getString(8)))
                .list();
        return piece.with(new Offer(
                part,
                piece.sku(),
                title(row.name(), row.brand(), row.number()),
                description(row.name(), row.brand(), row.number(), fitments),
                row.brand(),
                row.number(),
                row.barcode(),
                row.category(),
                row.outsideCategory(),
                Money.mxn(row.price()),
                row.pieces(),
                pictures(opened, part),
                Map.of(),
                fitments));
    }

    private static String title(String name, String brand, String number) {
        StringBuilder title = new StringBuilder(name);
        for (String more : List.of(brand, number))
            if (!more.isBlank()
                    && !title.toString()
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains(more.toLowerCase(java.util.Locale.ROOT)))
                title.append(' ').append(more);
        return title.toString();
    }

    private static String description(String name, String brand, String number, List<Fitment> fitments) {
        StringBuilder text = new StringBuilder(name)
                .append("\nMarca: ")
                .append(brand)
                .append("\nNúmero de parte: ")
                .append(number);
        if (!fitments.isEmpty()) text.append("\n\nLe queda a:");
        fitments.stream()
                .limit(100)
                .forEach(each -> text.append('\n')
                        .append(each.make())
                        .append(' ')
                        .append(each.model())
                        .append(' ')
                        .append(each.yearFrom())
                        .append(each.yearTo() == each.yearFrom() ? "" : "-" + each.yearTo())
                        .append(each.engine().isEmpty() ? "" : " " + each.engine())
                        .append(each.body().isEmpty() ? "" : " " + each.body()));
        return text.toString();
    }

    /** Uploads those that the marketplace does not have yet; one that it will not take is left out. */
    private List<String> pictures(Opened opened, PartId part) {
        if (!opened.market().abilities().contains(Marketplace.Ability.PICTURE_BYTES))
            return images.of(part).stream()
                    .limit(opened.market().limits().pictures())
                    .flatMap(image -> pictures.address(opened, image.hash()).stream())
                    .map(URI::toString)
                    .toList();
        UUID connection = opened.connection().id();
        List<String> found = new ArrayList<>();
        images.of(part).stream().limit(opened.market().limits().pictures()).forEach(image -> {
            String known = jdbc.sql("""
                    select outside_id
                    from market_picture
                    where connection_id = :connection
                    and hash = :hash
                    """)
                    .param("connection", connection)
                    .param("hash", image.hash())
                    .query(String.class)
                    .optional()
                    .orElse(null);
            if (known != null) {
                found.add(known);
                return;
            }
            byte[] content = images.file(image.hash()).orElse(null);
            if (content == null || isClosed(connection)) return;
            Answer<String> answer =
                    opened.market().picture(image.hash() + ".jpg", "image/jpeg", PublicPictures.jpeg(content));
            if (!(answer instanceof Answer.Done<String>(String id))) {
                LOG.warn(
                        "market picture not taken connection={} image={} answer={}",
                        connection,
                        image.hash(),
                        outcome(answer));
                // Without its pictures it would be published, and never be given them.
                if (answer instanceof Answer.Limited<String> || answer instanceof Answer.Locked<String>)
                    transaction.executeWithoutResult(status -> failed(connection, answer));
                return;
            }
            jdbc.sql("""
                    insert into market_picture (connection_id, hash, outside_id)
                    values (:connection, :hash, :id)
                    on conflict (connection_id, hash) do update set outside_id = excluded.outside_id
                    """)
                    .param("connection", connection)
                    .param("hash", image.hash())
                    .param("id", id)
                    .update();
            found.add(id);
        });
        return found;
    }

    @Override
    public Went publish(Piece piece) {
        Opened opened = opened(piece.connection());
        Marketplace market = opened.market();
        Offer offer = Objects.requireNonNull(piece.offer());
        String outside = piece.outside();
        // Of a batch the first may have been told to wait, or that nobody may come in.
        if (isClosed(piece.connection())) {
            transaction.executeWithoutResult(status -> unclaimed(piece.listing()));
            return new Went(
                    piece.connection(),
                    outside == null ? "PUBLISH" : "REVISE",
                    piece.sku(),
                    "LIMITED",
                    "el mercado pidió esperar");
        }
        Answer<Submission> answer =
                outside == null ? market.publish(offer, piece.maybe()) : market.revise(outside, offer);
        Vehicles vehicles = answer instanceof Answer.Done<Submission>(Submission.Standing standing)
                ? vehicles(market, standing.id(), offer)
                : Vehicles.NONE;
        String note = answer instanceof Answer.Done<Submission>(Submission.Standing standing)
                ? standing.note() + vehicles.note()
                : "";
        transaction.executeWithoutResult(status -> {
            settle(piece, answer, note);
            if (vehicles.again() != null) onceMore(piece, vehicles.again());
        });
        return went(piece.connection(), outside == null ? "PUBLISH" : "REVISE", piece.sku(), answer);
    }

    /** @param again why they are to be told once more with the listing; null where that would not help */
    private record Vehicles(String note, @Nullable Answer<Marketplace.Compatible> again) {
        static final Vehicles NONE = new Vehicles("", null);
    }

    private static Vehicles vehicles(Marketplace market, String listing, Offer offer) {
        if (offer.fitments().isEmpty() || !market.abilities().contains(Marketplace.Ability.COMPATIBILITIES))
            return Vehicles.NONE;
        Answer<Marketplace.Compatible> answer = market.compatibilities(listing, offer.fitments());
        return switch (answer) {
            case Answer.Done<Marketplace.Compatible>(Marketplace.Compatible taken) ->
                new Vehicles(taken.unknown().isEmpty() ? "" : unknown(taken), null);
            case Answer.Refused<Marketplace.Compatible> refused ->
                new Vehicles(" No tomó los vehículos: " + refused.sentence(), null);
            case Answer.Limited<Marketplace.Compatible> limited ->
                new Vehicles(" Los vehículos no quedaron todavía: demasiadas llamadas", answer);
            case Answer.Unreachable<Marketplace.Compatible>(String what, boolean maybe) ->
                new Vehicles(" Los vehículos no quedaron todavía: " + what, answer);
            case Answer.Locked<Marketplace.Compatible>(String why) ->
                new Vehicles(" Los vehículos no quedaron todavía: " + why, answer);
        };
    }

    private static String unknown(Marketplace.Compatible taken) {
        return " Vehículos que el mercado no conoce: "
                + String.join(
                        ", ",
                        taken.unknown().stream()
                                .limit(5)
                                .map(each -> each.make() + " " + each.model())
                                .distinct()
                                .toList());
    }

    /** The listing stands, its vehicles do not: it is due again, and adds those that are missing. */
    private void onceMore(Piece piece, Answer<Marketplace.Compatible> answer) {
        jdbc.sql("""
                update market_listing
                set sent_hash = null, next_try = :next
                where id = :id
                and state = 'STANDING'
                """)
                .param("next", now().plus(PAUSE))
                .param("id", piece.listing())
                .update();
        switch (answer) {
            case Answer.Limited<Marketplace.Compatible>(Duration after) ->
                waits(piece.connection(), after, "demasiadas llamadas");
            case Answer.Locked<Marketplace.Compatible>(String why) -> locked(piece.connection(), why);
            case Answer.Done<Marketplace.Compatible> done -> {}
            case Answer.Refused<Marketplace.Compatible> refused -> {}
            case Answer.Unreachable<Marketplace.Compatible> unreachable -> {}
        }
    }

    @Override
    public List<Went> change(List<Piece> pieces) {
        if (pieces.isEmpty()) return List.of();
        Opened opened = opened(pieces.getFirst().connection());
        Map<String, Answer<Submission>> outcomes = new HashMap<>(opened.market()
                .change(pieces.stream()
                        .map(each -> Objects.requireNonNull(each.change()))
                        .toList()));
        List<Went> went = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            for (Piece piece : pieces) {
                Answer<Submission> answer = outcomes.get(piece.sku());
                if (answer == null) {
                    unclaimed(piece.listing());
                    continue;
                }
                settle(piece, answer, "");
                went.add(went(piece.connection(), "CHANGE", piece.sku(), answer));
            }
        });
        return went;
    }

    private void unclaimed(UUID listing) {
        jdbc.sql("""
                update market_listing
                set claimed_until = null, pending = ''
                where id = :id
                """).param("id", listing).update();
    }

    private void settle(Piece piece, Answer<Submission> answer, String note) {
        switch (answer) {
            case Answer.Done<Submission>(Submission.Standing standing) ->
                standing(piece.listing(), standing, cut(note.strip()));
            case Answer.Done<Submission>(Submission.Sent sent) ->
                jdbc.sql("""
                        update market_listing
                        set state = 'SENT', sent_at = :now, submission = :submission, next_try = :next, claimed_until = null, maybe = false, code = '', reason = '', tries = 0,
                            changed_at = :now
                        where id = :id
                        """)
                        .param("submission", sent.id())
                        .param("next", now().plus(sent.after()))
                        .param("now", now())
                        .param("id", piece.listing())
                        .update();
            case Answer.Refused<Submission> refused -> refused(piece.listing(), refused.reasons());
            case Answer.Limited<Submission>(Duration after) -> {
                unclaimed(piece.listing());
                waits(piece.connection(), after, "demasiadas llamadas");
            }
            case Answer.Unreachable<Submission>(String what, boolean maybe) -> {
                jdbc.sql("""
                        update market_listing
                        set claimed_until = null, pending = '', maybe = maybe or :maybe, tries = tries + 1, reason = :reason,
                            next_try = :now + make_interval(secs => :first * power(2, least(tries, :most)))
                        where id = :id
                        """)
                        .param("maybe", maybe)
                        .param("reason", cut(what))
                        .param("now", now())
                        .param("first", FIRST_WAIT)
                        .param("most", MOST_DOUBLINGS)
                        .param("id", piece.listing())
                        .update();
                // The next would most likely fail as well.
                if (!maybe) waits(piece.connection(), PAUSE, what);
            }
            case Answer.Locked<Submission>(String why) -> {
                unclaimed(piece.listing());
                locked(piece.connection(), why);
            }
        }
    }

    private void standing(UUID listing, Submission.Standing standing, String note) {
        jdbc.sql("""
                update market_listing
                set state = 'STANDING', sent_at = :now, outside_id = :outside, address = case when :address = '' then address else :address end, outside_state = :outside_state,
                    sent_price = split_part(pending, ' ', 1)::bigint, sent_pieces = split_part(pending, ' ', 2)::bigint,
                    sent_hash = split_part(pending, ' ', 3), sent_state = split_part(pending, ' ', 4),
                    submission = null, pending = '', claimed_until = null, maybe = false, code = '', reason = '', tries = 0, next_try = :now,
                    note = case when :note = '' and sent_hash = wanted_hash then note else :note end, changed_at = :now
                where id = :id
                and pending <> ''
                """)
                .param("outside", standing.id())
                .param("address", standing.address())
                .param("outside_state", standing.state().name())
                .param("note", note)
                .param("now", now())
                .param("id", listing)
                .update();
    }

    /** Whether the listing is perhaps there stays as it was: what was refused may have been the question for it. */
    private void refused(UUID listing, List<Reason> reasons) {
        jdbc.sql("""
                update market_listing
                set state = 'REFUSED', code = :code, reason = :reason, claimed_until = null, submission = null, pending = '', changed_at = :now
                where id = :id
                """)
                .param("code", reasons.getFirst().code())
                .param(
                        "reason",
                        cut(String.join("; ", reasons.stream().map(Reason::text).toList())))
                .param("now", now())
                .param("id", listing)
                .update();
    }

    private void waits(UUID connection, Duration after, String why) {
        jdbc.sql("""
                update market_seller
                set wait_until = greatest(wait_until, :until), waits_for = :why
                where connection_id = :id
                """)
                .param("until", now().plus(after))
                .param("why", cut(why))
                .param("id", connection)
                .update();
    }

    private void locked(UUID connection, String why) {
        if (why.isEmpty()) {
            // Nobody has let us in yet: what is due would only come round again.
            waits(connection, PAUSE, "falta autorizar");
            return;
        }
        jdbc.sql("""
                update market_seller
                set locked_why = coalesce(locked_why, :why)
                where connection_id = :id
                """).param("why", cut(why)).param("id", connection).update();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    @Override
    public long reports(UUID connection) {
        if (isClosed(connection)) return 0;
        List<String> due = jdbc.sql("""
                select submission
                from market_listing
                where connection_id = :connection
                and state = 'SENT'
                and submission is not null
                and next_try <= :now
                group by submission
                order by min(next_try), submission
                limit :limit
                """)
                .param("limit", AT_ONCE)
                .param("connection", connection)
                .param("now", now())
                .query((row, n) -> row.getString(1))
                .list();
        long settled = 0;
        for (String submission : due) {
            if (isClosed(connection)) break;
            Answer<Report> answer = opened(connection).market().report(submission);
            settled += Objects.requireNonNull(transaction.execute(status -> reported(connection, submission, answer)));
        }
        return settled;
    }

    private long reported(UUID connection, String submission, Answer<Report> answer) {
        List<Piece> pieces = jdbc.sql("""
                select id, sku, outside_id
                from market_listing
                where connection_id = :connection
                and submission = :submission
                and state = 'SENT'
                for update
                """)
                .param("connection", connection)
                .param("submission", submission)
                .query((row, n) -> new Piece(
                        row.getObject(1, UUID.class),
                        connection,
                        row.getString(2),
                        row.getString(3),
                        false,
                        null,
                        null))
                .list();
        switch (answer) {
            case Answer.Done<Report>(Report report) -> {
                if (!report.ready()) return later(connection, submission, report.after());
                for (Piece piece : pieces) {
                    Answer<Submission> outcome = report.outcomes().isEmpty()
                            ? new Answer.Unreachable<>("el mercado no dice qué fue del envío", true)
                            : report.outcomes().get(piece.sku());
                    // Nobody knows whether this one was done: from its beginning again, and looked at before.
                    if (outcome instanceof Answer.Unreachable<Submission>) restart(piece.listing());
                    settle(
                            piece,
                            outcome != null
                                    ? outcome
                                    : Answer.refused("", "el reporte del mercado no dice nada de esta publicación"),
                            outcome instanceof Answer.Done<Submission>(Submission.Standing standing)
                                    ? standing.note()
                                    : "");
                    journal(went(
                            connection,
                            "REPORT",
                            piece.sku(),
                            outcome != null ? outcome : Answer.refused("", "sin reporte")));
                }
                return pieces.size();
            }
            case Answer.Refused<Report> refused -> {
                pieces.forEach(piece -> refused(piece.listing(), refused.reasons()));
                return pieces.size();
            }
            case Answer.Limited<Report>(Duration after) -> {
                waits(connection, after, "demasiadas llamadas");
                return 0;
            }
            case Answer.Unreachable<Report>(String what, boolean maybe) -> {
                return later(connection, submission, PAUSE);
            }
            case Answer.Locked<Report>(String why) -> {
                locked(connection, why);
                return 0;
            }
        }
    }

    private void restart(UUID listing) {
        jdbc.sql("""
                update market_listing
                set state = case when outside_id is null then 'WAITING' else 'STANDING' end, submission = null, sent_price = null, sent_pieces = null
                where id = :id
                """).param("id", listing).update();
    }

    private long later(UUID connection, String submission, Duration after) {
        jdbc.sql("""
                update market_listing
                set next_try = :next
                where connection_id = :connection
                and submission = :submission
                """)
                .param("next", now().plus(after))
                .param("connection", connection)
                .param("submission", submission)
                .update();
        return 0;
    }

    // Orders and questions

    @Override
    public long look(UUID connection) {
        if (isClosed(connection)) return 0;
        Opened opened = opened(connection);
        Sellers.Row seller = sellers.row(connection);
        Answer<Page<Order>> answer = opened.market().orders(seller.orderCursor());
        if (!(answer instanceof Answer.Done<Page<Order>>(Page<Order> page))) {
            transaction.executeWithoutResult(status -> failed(connection, answer));
            return 0;
        }
        long noted = Objects.requireNonNull(transaction.execute(status -> {
            long fresh = 0;
            for (Order order : page.items()) {
                boolean known = jdbc.sql("""
                        select exists (
                            select
                            from market_order
                            where connection_id = :connection
                            and outside_id = :outside
                            and changed_at >= :changed)
                        """)
                        .param("connection", connection)
                        .param("outside", order.id())
                        .param("changed", order.changedAt().atOffset(ZoneOffset.UTC))
                        .query(Boolean.class)
                        .single();
                if (known) continue;
                note(new Errand(connection, Subject.ORDER, order.id()));
                fresh++;
            }
            jdbc.sql("""
                    update market_seller
                    set order_cursor = :cursor
                    where connection_id = :id
                    """).param("cursor", page.cursor()).param("id", connection).update();
            return fresh;
        }));
        if (page.more()) return noted + 1;
        pruned(connection);
        return noted + refreshed(connection) + asked(opened);
    }

    /** What was heard and exchanged long ago, so much at a time; the oldest of the journal come first by their number. */
    private void pruned(UUID connection) {
        jdbc.sql("""
                delete from market_hint
                where (connection_id, key) in (
                    select connection_id, key
                    from market_hint
                    where heard_at < :before
                    order by heard_at
                    limit :limit)
                """)
                .param("before", now().minus(HINTS_KEPT))
                .param("limit", PRUNED_AT_ONCE)
                .update();
        jdbc.sql("""
                delete from market_exchange
                where id in (
                    select id
                    from (
                        select id, at
                        from market_exchange
                        where connection_id = :connection
                        order by id
                        limit :limit) oldest
                    where at < :before)
                """)
                .param("connection", connection)
                .param("before", now().minus(JOURNAL_KEPT))
                .param("limit", PRUNED_AT_ONCE)
                .update();
    }

    /** What is not at its end and was not looked at for a while: a parcel moves without its order. */
    private long refreshed(UUID connection) {
        List<String> stale = jdbc.sql("""
                select outside_id
                from market_order o
                where connection_id = :connection
                and state in ('OPEN', 'PAID', 'SHIPPED')
                and fetched_at < :before
                and created_at > :oldest
                and not exists (
                    select
                    from market_errand e
                    where e.connection_id = o.connection_id
                    and e.subject = 'ORDER'
                    and e.outside_id = o.outside_id)
                order by fetched_at
                limit :limit
                """)
                .param("connection", connection)
                .param("before", now().minus(STALE))
                .param("oldest", now().minusDays(60))
                .param("limit", AT_ONCE)
                .query((row, n) -> row.getString(1))
                .list();
        stale.forEach(id -> note(new Errand(connection, Subject.ORDER, id)));
        return stale.size();
    }

    private long asked(Opened opened) {
        if (!opened.market().abilities().contains(Marketplace.Ability.QUESTIONS)) return 0;
        UUID connection = opened.connection().id();
        String cursor = "";
        long noted = 0;
        boolean more = true;
        while (more) {
            Answer<Page<Question>> answer = opened.market().questions(cursor);
            if (!(answer instanceof Answer.Done<Page<Question>>(Page<Question> page))) {
                transaction.executeWithoutResult(status -> failed(connection, answer));
                return noted;
            }
            for (Question question : page.items()) {
                boolean known = jdbc.sql("""
                        select exists (
                            select
                            from market_question
                            where connection_id = :connection
                            and outside_id = :id)
                        """)
                        .param("connection", connection)
                        .param("id", question.id())
                        .query(Boolean.class)
                        .single();
                if (known) continue;
                keep(connection, question);
                noted++;
            }
            more = page.more();
            cursor = page.cursor();
        }
        return noted;
    }

    private <T> void failed(UUID connection, Answer<T> answer) {
        switch (answer) {
            case Answer.Done<T> done -> {}
            case Answer.Refused<T> refused -> waits(connection, PAUSE, refused.sentence());
            case Answer.Limited<T>(Duration after) -> waits(connection, after, "demasiadas llamadas");
            case Answer.Unreachable<T>(String what, boolean maybe) -> waits(connection, PAUSE, what);
            case Answer.Locked<T>(String why) -> locked(connection, why);
        }
        journal(went(connection, "LOOK", "", answer));
    }

    @Override
    public List<Errand> errands() {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("""
                    update market_errand
                    set parked_at = :now, reason = case when reason = '' then 'no se pudo traer' else reason end
                    where parked_at is null
                    and tries >= :most
                    and next_try <= :now
                    """).param("now", now()).param("most", MOST_TRIES).update();
            return jdbc.sql("""
                    update market_errand e
                    set tries = e.tries + 1, next_try = :now + make_interval(secs => :first * power(2, least(e.tries, :most)))
                    from (
                        select q.connection_id, q.subject, q.outside_id
                        from market_errand q
                        join market_seller s on s.connection_id = q.connection_id and s.locked_why is null and coalesce(s.wait_until, '-infinity') <= :now
                        join outside_connection c on c.id = q.connection_id and c.enabled
                        where q.parked_at is null
                        and q.next_try <= :now
                        order by q.noted_at
                        limit :limit
                        for update of q skip locked) due
                    where (e.connection_id, e.subject, e.outside_id) = (due.connection_id, due.subject, due.outside_id)
                    returning e.connection_id, e.subject, e.outside_id
                    """)
                    .param("now", now())
                    .param("first", FIRST_WAIT)
                    .param("most", MOST_DOUBLINGS)
                    .param("limit", AT_ONCE)
                    .query((row, n) -> new Errand(
                            row.getObject(1, UUID.class), Subject.valueOf(row.getString(2)), row.getString(3)))
                    .list();
        }));
    }

    @Override
    public Went fetch(Errand errand) {
        Opened opened = opened(errand.connection());
        OffsetDateTime began = now();
        return switch (errand.subject()) {
            case ORDER -> {
                Answer<Order> answer = opened.market().order(errand.id());
                transaction.executeWithoutResult(status -> {
                    if (answer instanceof Answer.Done<Order>(Order order))
                        orders.keep(errand.connection(), opened.connection().name(), order);
                    settle(errand, answer, began);
                });
                yield went(errand.connection(), "ORDER", errand.id(), answer);
            }
            case QUESTION -> {
                Answer<Question> answer = opened.market().question(errand.id());
                transaction.executeWithoutResult(status -> {
                    if (answer instanceof Answer.Done<Question>(Question question)) keep(errand.connection(), question);
                    settle(errand, answer, began);
                });
                yield went(errand.connection(), "QUESTION", errand.id(), answer);
            }
            case PARCEL -> {
                Answer<Order> answer = shipped(opened, errand.id());
                transaction.executeWithoutResult(status -> {
                    if (answer instanceof Answer.Done<Order>(Order order)) {
                        orders.keep(errand.connection(), opened.connection().name(), order);
                        told(errand);
                    }
                    settle(errand, answer, began);
                });
                yield went(errand.connection(), "SHIP", errand.id(), answer);
            }
            case SHIPMENT, LISTING, SUBMISSION, OTHER -> throw new IllegalArgumentException("errand of " + errand);
        };
    }

    /** With what the branch said of the parcel. Where the answer was lost it is said again: the same again changes nothing there. */
    private Answer<Order> shipped(Opened opened, String outside) {
        Marketplace.Parcel parcel = jdbc.sql("""
                select outside_id, coalesce(shipment, ''), parcel_carrier, parcel_tracking
                from market_order
                where connection_id = :connection
                and outside_id = :outside
                and parcel_tracking <> ''
                """)
                .param("connection", opened.connection().id())
                .param("outside", outside)
                .query((row, n) ->
                        new Marketplace.Parcel(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .optional()
                .orElse(null);
        return parcel == null
                ? Answer.refused("", "el pedido no tiene guía")
                : opened.market().ship(parcel);
    }

    private void told(Errand errand) {
        jdbc.sql("""
                update market_order
                set parcel_told_at = :now
                where connection_id = :connection
                and outside_id = :id
                """)
                .param("now", now())
                .param("connection", errand.connection())
                .param("id", errand.id())
                .update();
    }

    private <T> void settle(Errand errand, Answer<T> answer, OffsetDateTime began) {
        switch (answer) {
            case Answer.Done<T> done ->
                // What was noted meanwhile is fetched once more.
                of(errand, """
                        delete from market_errand
                        where noted_at <= :at
                        and """, began, "");
            case Answer.Refused<T> refused -> of(errand, """
                        update market_errand
                        set parked_at = :at, reason = :reason
                        where """, now(), refused.sentence());
            case Answer.Limited<T>(Duration after) -> waits(errand.connection(), after, "demasiadas llamadas");
            case Answer.Unreachable<T>(String what, boolean maybe) -> of(errand, """
                        update market_errand
                        set reason = :reason
                        where :at is not null
                        and """, now(), what);
            case Answer.Locked<T>(String why) -> locked(errand.connection(), why);
        }
    }

    private void of(Errand errand, String act, OffsetDateTime at, String reason) {
        JdbcClient.StatementSpec statement = jdbc.sql(act + """
                 connection_id = :connection
                and subject = :subject
                and outside_id = :id
                """)
                .param("connection", errand.connection())
                .param("subject", errand.subject().name())
                .param("id", errand.id())
                .param("at", at, Types.TIMESTAMP_WITH_TIMEZONE);
        if (act.contains(":reason")) statement = statement.param("reason", cut(reason));
        statement.update();
    }

    void keep(UUID connection, Question question) {
        jdbc.sql("""
                insert into market_question (connection_id, outside_id, listing, asked_by, question, asked_at, state, reply)
                values (:connection, :id, :listing, :from, :text, :at, :state, :reply)
                on conflict (connection_id, outside_id) do update set state = excluded.state, reply = coalesce(excluded.reply, market_question.reply)
                """)
                .param("connection", connection)
                .param("id", question.id())
                .param("listing", question.listing())
                .param("from", question.from())
                .param("text", cut(question.text()))
                .param("at", question.askedAt().atOffset(ZoneOffset.UTC))
                .param("state", question.state().name())
                .param("reply", question.reply(), Types.VARCHAR)
                .update();
    }

    @Override
    public void note(Errand errand) {
        if (errand.subject() == Subject.SHIPMENT) {
            // Told by its parcel; one that is not known yet comes with its order.
            jdbc.sql("""
                    select outside_id
                    from market_order
                    where connection_id = :connection
                    and shipment = :id
                    """)
                    .param("connection", errand.connection())
                    .param("id", errand.id())
                    .query((row, n) -> row.getString(1))
                    .list()
                    .forEach(order -> note(new Errand(errand.connection(), Subject.ORDER, order)));
            return;
        }
        if (errand.subject() != Subject.ORDER
                && errand.subject() != Subject.QUESTION
                && errand.subject() != Subject.PARCEL) return;
        jdbc.sql("""
                insert into market_errand (connection_id, subject, outside_id, noted_at, next_try)
                values (:connection, :subject, :id, :now, :now)
                on conflict (connection_id, subject, outside_id) do update
                set noted_at = excluded.noted_at, next_try = excluded.next_try, tries = 0, parked_at = null
                """)
                .param("connection", errand.connection())
                .param("subject", errand.subject().name())
                .param("id", errand.id())
                .param("now", now())
                .update();
    }

    private static final int ID_LENGTH = 36;

    @Override
    public boolean heard(String key) {
        return jdbc.sql("""
                select exists (
                    select
                    from market_hint
                    where connection_id = :connection
                    and key = :key)
                """)
                .param("connection", UUID.fromString(key.substring(0, ID_LENGTH)))
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean hear(String key) {
        return jdbc.sql("""
                        insert into market_hint (connection_id, key, heard_at)
                        values (:connection, :key, :now)
                        on conflict do nothing
                        """)
                        .param("connection", UUID.fromString(key.substring(0, ID_LENGTH)))
                        .param("key", key)
                        .param("now", now())
                        .update()
                == 1;
    }

    @Override
    public void journal(Went went) {
        jdbc.sql("""
                insert into market_exchange (connection_id, at, what, key, outcome, reason)
                values (:connection, :now, :what, :key, :outcome, :reason)
                """)
                .param("connection", went.connection())
                .param("now", now())
                .param("what", went.what())
                .param("key", went.key())
                .param("outcome", went.outcome())
                .param("reason", cut(went.reason()))
                .update();
    }

    private static String outcome(Answer<?> answer) {
        return switch (answer) {
            case Answer.Done<?> done -> "DONE";
            case Answer.Refused<?> refused -> "REFUSED";
            case Answer.Limited<?> limited -> "LIMITED";
            case Answer.Unreachable<?> unreachable -> "UNREACHABLE";
            case Answer.Locked<?> locked -> "LOCKED";
        };
    }

    static Went went(UUID connection, String what, String key, Answer<?> answer) {
        String reason = switch (answer) {
            case Answer.Done<?> done -> "";
            case Answer.Refused<?> refused -> refused.sentence();
            case Answer.Limited<?> limited -> limited.after().toString();
            case Answer.Unreachable<?> unreachable -> unreachable.what();
            case Answer.Locked<?> locked -> locked.why();
        };
        return new Went(connection, what, key, outcome(answer), reason);
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
