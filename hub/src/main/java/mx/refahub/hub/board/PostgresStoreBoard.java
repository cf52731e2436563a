package mx.refahub.hub.board;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.board.BoardTable.DocumentRow;
import mx.refahub.hub.board.BoardTable.StoreRow;
import mx.refahub.hub.message.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PostgresStoreBoard implements StoreBoard {
    private static final int MAX_PAGE = 200;
    private static final String DISCARD = "DISCARD";
    /** Of PostgreSQL, when a statement has taken its time. */
    private static final String CANCELED = "57014";

    private static final TypeReference<Map<String, Long>> VERSIONS = new TypeReference<>() {};
    private final BoardTable table;
    private final JsonMapper json;
    private final TransactionTemplate transaction;

    PostgresStoreBoard(BoardTable table, JsonMapper json, TransactionTemplate transaction) {
        this.table = table;
        this.json = json;
        this.transaction = transaction;
    }

    @Override
    public List<StoreView> stores() {
        return table.stores(null).stream().map(this::view).toList();
    }

    @Override
    public Optional<StoreView> store(StoreId id) {
        return table.stores(id.value()).stream().map(this::view).findFirst();
    }

    @Override
    public SalesOfDay salesOfDay(Instant now) {
        Long[] today = new Long[SalesOfDay.HOURS];
        Long[] weekBefore = new Long[SalesOfDay.HOURS];
        Arrays.fill(today, 0L);
        Arrays.fill(weekBefore, 0L);
        long byNow = 0;
        for (BoardTable.HourRow row : table.salesByHour(now)) {
            today[row.hour()] = row.today();
            weekBefore[row.hour()] = row.weekBefore();
            byNow += row.weekBeforeByNow();
        }
        return new SalesOfDay(List.of(today), List.of(weekBefore), byNow, table.minuteOfDay(now));
    }

    private StoreView view(StoreRow row) {
        Instant received = row.receivedAt();
        Instant sent = row.sentAt();
        return new StoreView(
                new StoreId(row.id()),
                row.slug(),
                row.code(),
                row.name(),
                row.registeredAt(),
                received,
                received == null || sent == null
                        ? 0
                        : Duration.between(received, sent).toMillis(),
                row.version(),
                row.outboxLast(),
                row.landed(),
                row.landed() - row.pending(),
                row.waiting(),
                row.parked(),
                row.lastLandedAt(),
                freeze(row),
                row.cutOff(),
                row.claimed(),
                versions(row.streams()));
    }

    private static Landing.@Nullable Freeze freeze(StoreRow row) {
        Landing.Freeze.Cause cause = row.frozenCause();
        Long sequence = row.frozenSequence();
        return cause == null || sequence == null ? null : new Landing.Freeze(cause, sequence);
    }

    /** Names of streams that a newer or older store has beyond ours are left out. */
    private Map<Stream, Long> versions(String text) {
        Map<Stream, Long> versions = new EnumMap<>(Stream.class);
        Map<String, Long> told = json.readValue(text, VERSIONS);
        for (Stream stream : Stream.values()) {
            Long version = told.get(stream.wireName());
            if (version != null) versions.put(stream, version);
        }
        return versions;
    }

    @Override
    public Outcome<List<DocumentView>> documents(DocumentFilter filter) {
        String words = Words.query(filter.text());
        if (words.isEmpty() && !filter.text().isBlank()) return Outcome.done(List.of());
        try {
            return Outcome.done(transaction.execute(status -> {
                table.askBriefly();
                return found(filter, words);
            }));
        } catch (DataAccessException e) {
            if (!(e.getMostSpecificCause() instanceof SQLException sql) || !CANCELED.equals(sql.getSQLState())) throw e;
            return Outcome.refused("search-too-broad");
        }
    }

    private List<DocumentView> found(DocumentFilter filter, String words) {
        StoreId store = filter.store();
        DocumentState state = filter.state();
        return table
                .documents(
                        store == null ? null : store.value(),
                        filter.type(),
                        filter.key(),
                        state == null ? "" : state.name(),
                        words,
                        filter.from(),
                        filter.until(),
                        filter.before(),
                        Math.clamp(filter.limit(), 1, MAX_PAGE))
                .stream()
                .map(this::view)
                .toList();
    }

    private DocumentView view(DocumentRow row) {
        DocumentState state = row.appliedAt() != null
                ? DISCARD.equals(row.amendment()) ? DocumentState.DISCARDED : DocumentState.APPLIED
                : row.parkedAt() != null
                        ? DocumentState.PARKED
                        : row.waitingSince() != null ? DocumentState.WAITING : DocumentState.LANDED;
        return new DocumentView(
                row.id(),
                new StoreId(row.storeId()),
                row.storeName(),
                row.epoch(),
                row.sequence(),
                row.type(),
                row.schema(),
                row.key(),
                state,
                row.occurredAt(),
                row.landedAt(),
                row.appliedAt(),
                row.parkedReason(),
                row.amendment() != null && !DISCARD.equals(row.amendment()),
                summary(row));
    }

    private String summary(DocumentRow row) {
        String prefix = row.folioPrefix();
        Long number = row.folioNumber();
        Long total = row.total();
        Long openingFloat = row.openingFloat();
        byte[] unapplied = row.unapplied();
        String text = "";
        if (prefix != null && number != null && total != null)
            text = folio(prefix, number) + " · " + Money.mxn(total).text();
        else if (openingFloat != null) text = Money.mxn(openingFloat).text();
        else if (unapplied != null) text = told(unapplied);
        String remark = row.remark();
        if (remark == null) return text;
        return text.isEmpty() ? remark : text + " · " + remark;
    }

    /** What a sale says of itself before it is in the books; nothing where that cannot be read. */
    private String told(byte[] body) {
        JsonNode sale;
        try {
            sale = json.readTree(body);
        } catch (JacksonException e) {
            return "";
        }
        String prefix = sale.path("folioPrefix").asString("");
        JsonNode number = sale.path("folioNumber");
        JsonNode total = sale.path("totals").path("total");
        if (prefix.isEmpty() || !whole(number)) return "";
        String folio = folio(prefix, number.asLong());
        return whole(total) ? folio + " · " + Money.mxn(total.asLong()).text() : folio;
    }

    private static boolean whole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    /** A folio that is not one of ours is shown as it came. */
    private static String folio(String prefix, long number) {
        try {
            return new Folio(prefix, number).text();
        } catch (IllegalArgumentException e) {
            return prefix + "-" + number;
        }
    }

    @Override
    public Optional<DocumentDetail> document(UUID id) {
        return table.document(id).map(row -> {
            BoardTable.ContentRow content = table.content(id);
            return new DocumentDetail(
                    view(row),
                    new String(content.body(), StandardCharsets.UTF_8),
                    HexFormat.of().formatHex(content.hash()),
                    HexFormat.of().formatHex(content.previousHash()),
                    table.lines(id).stream().map(PostgresStoreBoard::line).toList(),
                    table.tenders(id).stream().map(PostgresStoreBoard::paid).toList());
        });
    }

    private static Line line(BoardTable.LineRow row) {
        return new Line(
                row.lineCode(),
                row.partNumber(),
                row.description(),
                new Quantity(row.quantity()).text(),
                Money.mxn(row.price()).text(),
                Money.mxn(row.tax()).text(),
                Money.mxn(row.total()).text());
    }

    private static Paid paid(BoardTable.TenderRow row) {
        return new Paid(
                row.kind(),
                Money.mxn(row.amount()).text(),
                Money.mxn(row.received()).text(),
                Money.mxn(row.received() - row.amount()).text());
    }
}
