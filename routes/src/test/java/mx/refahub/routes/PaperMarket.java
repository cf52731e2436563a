package mx.refahub.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.Marketplace.Change;
import mx.refahub.domain.market.Offer;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;

/** A counter in memory. */
final class PaperMarket implements MarketCounter {
    final UUID connection = new UUID(35, 1);
    final List<Piece> unpublished = new CopyOnWriteArrayList<>();
    final List<Piece> changed = new CopyOnWriteArrayList<>();
    final List<Errand> due = new CopyOnWriteArrayList<>();
    final List<String> published = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final List<Errand> noted = new CopyOnWriteArrayList<>();
    final List<Errand> fetched = new CopyOnWriteArrayList<>();
    final List<Went> journal = new CopyOnWriteArrayList<>();
    final List<UUID> looks = new CopyOnWriteArrayList<>();
    final Set<String> keys = ConcurrentHashMap.newKeySet();
    volatile boolean noteFails;

    Piece piece(String sku) {
        return new Piece(
                UUID.randomUUID(), connection, sku, "MLM" + sku, false, new Change(sku, "MLM" + sku, 1L, null), null);
    }

    private static List<Piece> taken(List<Piece> from) {
        List<Piece> all = new ArrayList<>(from);
        from.clear();
        return all;
    }

    @Override
    public List<Seller> sellers() {
        return List.of(new Seller(connection, "Mercado"));
    }

    @Override
    public long plan(UUID of) {
        return 0;
    }

    @Override
    public List<Piece> toPublish(UUID of) {
        return taken(unpublished);
    }

    @Override
    public Piece fill(Piece piece) {
        return piece.with(new Offer(
                new PartId(new UUID(1, 1)),
                piece.sku(),
                "Balata",
                "",
                "",
                "",
                "",
                "",
                "",
                Money.mxn(100),
                1,
                List.of(),
                Map.of(),
                List.of()));
    }

    @Override
    public Went publish(Piece piece) {
        if (piece.offer() == null) throw new IllegalStateException("offer was not filled in");
        published.add(piece.sku());
        return new Went(connection, "PUBLISH", piece.sku(), "DONE", "");
    }

    @Override
    public List<Piece> toChange(UUID of) {
        return taken(changed);
    }

    @Override
    public List<Went> change(List<Piece> pieces) {
        batches.add(pieces.size());
        return pieces.stream()
                .map(each -> new Went(connection, "CHANGE", each.sku(), "DONE", ""))
                .toList();
    }

    @Override
    public long reports(UUID of) {
        return 0;
    }

    @Override
    public long look(UUID of) {
        looks.add(of);
        return 0;
    }

    @Override
    public List<Errand> errands() {
        List<Errand> all = new ArrayList<>(due);
        due.clear();
        return all;
    }

    @Override
    public Went fetch(Errand errand) {
        if (errand.id().equals("broken")) throw new IllegalStateException("a mistake of ours");
        fetched.add(errand);
        return new Went(connection, "ORDER", errand.id(), "DONE", "");
    }

    @Override
    public void note(Errand errand) {
        if (noteFails) throw new IllegalStateException("the database is away");
        noted.add(errand);
        due.add(errand);
    }

    @Override
    public boolean heard(String key) {
        return keys.contains(key);
    }

    @Override
    public boolean hear(String key) {
        return keys.add(key);
    }

    @Override
    public void journal(Went went) {
        journal.add(went);
    }
}
