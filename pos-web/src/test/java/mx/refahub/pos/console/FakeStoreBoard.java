package mx.refahub.pos.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.store.StoreId;

/** Keeps stores and documents in memory, with the filters and the paging that the port promises. */
final class FakeStoreBoard implements StoreBoard {
    private static final int MOST = 200;
    private final List<StoreView> stores = new CopyOnWriteArrayList<>();
    private final List<DocumentDetail> documents = new CopyOnWriteArrayList<>();

    void put(StoreView store) {
        stores.removeIf(other -> other.id().equals(store.id()));
        stores.add(store);
    }

    void put(DocumentDetail document) {
        documents.add(document);
    }

    @Override
    public List<StoreView> stores() {
        return List.copyOf(stores);
    }

    /** A day that goes better than the one a week before. */
    @Override
    public SalesOfDay salesOfDay(Instant now) {
        List<Long> weekBefore = IntStream.range(0, SalesOfDay.HOURS)
                .mapToObj(hour -> hour < 8 || hour > 19 ? 0L : 400_000L)
                .toList();
        List<Long> today = IntStream.range(0, SalesOfDay.HOURS)
                .mapToObj(hour -> hour > 13 ? 0L : weekBefore.get(hour) * 5 / 4)
                .toList();
        return new SalesOfDay(today, weekBefore, 2_400_000, 14 * 60);
    }

    @Override
    public Optional<StoreView> store(StoreId id) {
        return stores.stream().filter(store -> store.id().equals(id)).findFirst();
    }

    @Override
    public Outcome<List<DocumentView>> documents(DocumentFilter filter) {
        List<DocumentView> newestFirst = new ArrayList<>(documents.stream()
                .map(DocumentDetail::document)
                .sorted(Comparator.comparing(DocumentView::landedAt).reversed())
                .toList());
        if (filter.before() != null) {
            int at = newestFirst.stream().map(DocumentView::id).toList().indexOf(filter.before());
            newestFirst = newestFirst.subList(at + 1, newestFirst.size());
        }
        return Outcome.done(newestFirst.stream()
                .filter(document -> filter.store() == null || filter.store().equals(document.store()))
                .filter(document -> filter.type().isEmpty() || filter.type().equals(document.type()))
                .filter(document -> filter.key().isEmpty() || filter.key().equals(document.key()))
                .filter(document -> filter.state() == null || filter.state() == document.state())
                .limit(Math.min(filter.limit(), MOST))
                .toList());
    }

    @Override
    public Optional<DocumentDetail> document(UUID id) {
        return documents.stream()
                .filter(detail -> detail.document().id().equals(id))
                .findFirst();
    }
}
