package mx.refahub.routes.exchange;

import java.util.UUID;
import mx.refahub.domain.erp.ErpClaims;
import org.apache.camel.spi.IdempotentRepository;

/** The idempotent consumer's memory is the table of deliveries: a claim is new while something of it is not settled. */
final class OpenClaims implements IdempotentRepository {
    private final ErpClaims claims;

    OpenClaims(ErpClaims claims) {
        this.claims = claims;
    }

    @Override
    public boolean add(String token) {
        return claims.isOpen(UUID.fromString(token));
    }

    @Override
    public boolean contains(String token) {
        return !add(token);
    }

    @Override
    public boolean remove(String token) {
        return true;
    }

    @Override
    public boolean confirm(String token) {
        return true;
    }

    @Override
    public void clear() {
        // The table is cleared by nobody.
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
