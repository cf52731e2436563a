package mx.refahub.routes.exchange;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpClaims.Load;
import mx.refahub.domain.erp.ErpClaims.Settled;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpSender.Sent;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Posting;

/** The steps of the routes of an exchange. A message carries a claim's token alone: what it stands for stays in the table until it is needed. */
public final class ExchangeDesk {
    private static final int CLAIMS = 5;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final ErpClaims claims;
    private final Map<ErpTarget, ErpGateway> gateways = new EnumMap<>(ErpTarget.class);
    private final Map<ErpTarget, ReentrantLock> locks = new EnumMap<>(ErpTarget.class);

    public ExchangeDesk(ErpClaims claims, List<ErpGateway> gateways) {
        this.claims = claims;
        for (ErpGateway each : gateways) {
            this.gateways.put(each.target(), each);
            locks.put(each.target(), new ReentrantLock());
        }
    }

    ErpClaims claims() {
        return claims;
    }

    /** Targets with something due whose ERP somebody has connected, and that do not rest. */
    public List<ErpTarget> due() {
        return claims.due().stream()
                .filter(target -> {
                    ErpGateway gateway = gateways.get(target);
                    return gateway != null
                            && gateway.isConnected()
                            && gateway.resting().isEmpty();
                })
                .toList();
    }

    /** Tokens of what was claimed. */
    public List<String> claim(ErpTarget target) {
        ErpGateway gateway = gateway(target);
        int batch = gateway.batch();
        List<String> tokens = new ArrayList<>();
        while (tokens.size() < CLAIMS && gateway.resting().isEmpty()) {
            var claim = claims.claim(target, batch);
            if (claim.isEmpty()) break;
            tokens.add(claim.get().token().toString());
        }
        return tokens;
    }

    private ErpGateway gateway(ErpTarget target) {
        ErpGateway gateway = gateways.get(target);
        if (gateway == null) throw new IllegalArgumentException("no gateway to " + target);
        return gateway;
    }

    public Load load(String token) {
        return claims.load(UUID.fromString(token));
    }

    /** What became of a claim at the ERP. */
    public record Outcomes(UUID token, ErpTarget target, List<Settled> settled) {
        public Outcomes {
            settled = List.copyOf(settled);
        }

        Sent sent() {
            int delivered = 0;
            int refused = 0;
            for (Settled each : settled) {
                if (each.delivery() instanceof Delivery.Delivered) delivered++;
                if (each.delivery() instanceof Delivery.Refused) refused++;
            }
            return new Sent(delivered, refused, settled.size() - delivered - refused, true);
        }
    }

    public Outcomes deliver(Load load) {
        long start = System.nanoTime();
        List<Delivery> found;
        ReentrantLock lock = locks.get(load.target());
        if (lock == null) throw new IllegalArgumentException("no gateway to " + load.target());
        lock.lock();
        try {
            found = gateway(load.target()).deliver(load.postings());
        } finally {
            lock.unlock();
        }
        if (found.size() != load.postings().size())
            throw new IllegalStateException(
                    found.size() + " outcomes of " + load.postings().size() + " postings");
        long took = (System.nanoTime() - start) / NANOS_PER_MILLI;
        List<Settled> settled = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Posting posting = load.postings().get(i);
            settled.add(new Settled(posting.reference(), found.get(i), took));
        }
        return new Outcomes(load.token(), load.target(), settled);
    }

    public Outcomes settle(Outcomes outcomes) {
        claims.settle(outcomes.token(), outcomes.settled());
        return outcomes;
    }

    public void journal(Outcomes outcomes) {
        claims.journal(outcomes.target(), outcomes.settled());
    }

    /** @param sent of the claims; a list where there was none */
    public Sent total(Object sent) {
        return sent instanceof Sent all ? all : new Sent(0, 0, 0, false);
    }
}
