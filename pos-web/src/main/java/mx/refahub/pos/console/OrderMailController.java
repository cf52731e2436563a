package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.purchase.OrderMail;
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

    /**
     * @param on whether letters can leave
     * @param note what became of the letter that was asked for: that it had been written before, or that it is not the order's first; else empty
     */
    record Standing(boolean on, List<MailDesk.Sent> letters, String note) {}

    /** @param id of the letter, minted by the screen */
    record Typed(
            @NotNull UUID id,
            @NotBlank @Size(max = 254) String to,
            @Nullable @Size(max = 20_000) String text) {}

    @GetMapping("/console/api/purchase-orders/{id}/mail")
    Standing standing(@PathVariable UUID id) {
        return standing(id, "");
    }

    private Standing standing(UUID order, String note) {
        return new Standing(mail.on(), mail.letters(order), note);
    }

    @PostMapping("/console/api/purchase-orders/{id}/mail")
    Standing send(
            @PathVariable UUID id,
            @RequestBody @Valid Typed typed,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        OrderMail.Mailed mailed = mail.send(
                        id, typed.id(), typed.to(), Objects.requireNonNullElse(typed.text(), ""), who)
                .fold(done -> done, refusal -> {
                    throw refused(refusal, locale);
                });
        String note = !mailed.now() ? "purchase.mail.known" : mailed.earlier() > 0 ? "purchase.mail.again" : "";
        return standing(id, note.isEmpty() ? "" : messages.text(locale, note, List.of()));
    }

    private ActRefused refused(Refusal refusal, Locale locale) {
        return refusal.code().equals("order-state")
                ? ActRefused.of(
                        "order-state",
                        messages.text(
                                locale, "purchase.state." + refusal.arguments().getFirst(), List.of()))
                : new ActRefused(refusal);
    }
}
