package mx.refahub.routes;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.DeliveryDesk.State;
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import mx.refahub.routes.exchange.ExchangeSettings;

/** The table of deliveries in memory; what is unreachable is due again at once, unless told to wait. */
public final class PaperDeliveries implements ErpClaims {
    static final ExchangeSettings SETTINGS = new ExchangeSettings(Duration.ofMillis(100), 1_000);

    public final List<Settled> journal = new CopyOnWriteArrayList<>();
    private final Map<String, State> states = new HashMap<>();
    private final Map<String, UUID> claims = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private boolean quiet;

    public synchronized void add(String... references) {
        for (String each : references) {
            order.add(each);
            states.put(each, State.WAITING);
        }
    }

    /** The tick finds nothing due. */
    public synchronized void quiet(boolean now) {
        quiet = now;
    }

    public synchronized State state(String reference) {
        return states.get(reference);
    }

    public synchronized void clear() {
        order.clear();
        states.clear();
        claims.clear();
    }

    private boolean isFree(String reference) {
        return states.get(reference) == State.WAITING && !claims.containsKey(reference);
    }

    @Override
    public synchronized List<ErpTarget> due() {
        return !quiet && order.stream().anyMatch(this::isFree) ? List.of(ErpTarget.SAP) : List.of();
    }

    @Override
    public synchronized Optional<Claim> claim(ErpTarget target, int most) {
        List<String> some = order.stream().filter(this::isFree).limit(most).toList();
        if (some.isEmpty()) return Optional.empty();
        UUID token = UUID.randomUUID();
        some.forEach(each -> claims.put(each, token));
        return Optional.of(new Claim(token, target, some.size()));
    }

    private List<String> open(UUID token) {
        return order.stream()
                .filter(each -> states.get(each) == State.WAITING && token.equals(claims.get(each)))
                .toList();
    }

    @Override
    public synchronized boolean isOpen(UUID token) {
        return !open(token).isEmpty();
    }

    @Override
    public synchronized Load load(UUID token) {
        return new Load(
                token,
                ErpTarget.SAP,
                open(token).stream().map(PaperDeliveries::posting).toList());
    }

    private static Posting posting(String reference) {
        return new Posting.Entry(new JournalEntry(
                UUID.randomUUID(),
                reference,
                "CEN",
                "Centro",
                LocalDate.of(2026, 4, 1),
                1,
                1,
                Money.mxn(100),
                List.of(
                        new JournalEntry.Line(
                                AccountRole.TENDER, "CASH", "1", "1", "", "", Money.mxn(100), Money.mxn(0)),
                        new JournalEntry.Line(
                                AccountRole.SALES, "16%", "2", "2", "", "", Money.mxn(0), Money.mxn(100)))));
    }

    @Override
    public synchronized void settle(UUID token, List<Settled> outcomes) {
        for (Settled each : outcomes) {
            switch (each.delivery()) {
                case Delivery.Delivered done -> states.put(each.reference(), State.DELIVERED);
                case Delivery.Refused no -> states.put(each.reference(), State.REFUSED);
                case Delivery.Unreachable lost -> {}
            }
            claims.remove(each.reference());
        }
    }

    @Override
    public void journal(ErpTarget target, List<Settled> outcomes) {
        journal.addAll(outcomes);
    }
}
