package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.purchase.OrderMail;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An order on its way to its supplier. */
@RestController
final class OrderMailController {
    private final OrderMail mail;
    private final Messages messages;

    OrderMailController(OrderMail mail, Messages messages) {
        this.mail = mail;
        this.messages = messages;
    }

    /** @param on whether letters can leave */
    record Standing(boolean on, List<MailDesk.Sent> letters) {}

    record Typed(
            @NotBlank @Size(max = 254) String to,
            @Nullable @Size(max = 20_000) String text) {}

    @GetMapping("/console/api/purchase-orders/{id}/mail")
    Standing standing(@PathVariable UUID id) {
        return new Standing(mail.on(), mail.letters(id));
    }

    @PostMapping("/console/api/purchase-orders/{id}/mail")
    Standing send(
            @PathVariable UUID id,
            @RequestBody @Valid Typed typed,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        if (mail.send(id, typed.to(), Objects.requireNonNullElse(typed.text(), ""), who)
                instanceof Outcome.Refused<PurchaseOrder>(Refusal refusal))
            throw refusal.code().equals("order-state")
                    ? ActRefused.of(
                            "order-state",
                            messages.text(
                                    locale,
                                    "purchase.state." + refusal.arguments().getFirst(),
                                    List.of()))
                    : new ActRefused(refusal);
        return standing(id);
    }
}
