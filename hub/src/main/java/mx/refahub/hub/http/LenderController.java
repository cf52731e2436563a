package mx.refahub.hub.http;

import java.util.UUID;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.LenderAsk;
import mx.refahub.hub.lender.Lenders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a branch asks of the company's lender. */
@RestController
final class LenderController {
    private final Lenders lenders;

    LenderController(Lenders lenders) {
        this.lenders = lenders;
    }

    @PostMapping("/api/hubs/lender/standing")
    LenderAsk.Standing standing() {
        return lenders.standing();
    }

    @PostMapping("/api/hubs/lender/orders")
    LenderAsk.Row ask(@RequestBody LenderAsk ask, @AuthenticationPrincipal Jwt token) {
        return lenders.ask(store(token), ask);
    }

    @PostMapping("/api/hubs/lender/inquiries")
    LenderAsk.Row inquire(@RequestBody LenderAsk.About about, @AuthenticationPrincipal Jwt token) {
        return lenders.inquire(store(token), about.order());
    }

    @PostMapping("/api/hubs/lender/cancellations")
    LenderAsk.Row cancel(@RequestBody LenderAsk.About about, @AuthenticationPrincipal Jwt token) {
        return lenders.cancel(store(token), about.order());
    }

    private static UUID store(Jwt token) {
        return StoreId.of(String.valueOf(token.getSubject())).value();
    }
}
