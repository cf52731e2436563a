package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.message.MessageDesk;
import mx.refahub.domain.message.MessageDesk.Amendment;
import mx.refahub.domain.message.MessageDesk.Batch;
import mx.refahub.domain.message.MessageDesk.BulkAct;
import mx.refahub.domain.message.MessageDesk.ParkedFilter;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What could not be applied, what waits for a second person, and what nobody could read. */
@RestController
final class MessagesController {
    private static final int WAITING = 200;
    private static final int BATCHES = 20;
    private static final int PAGE = 50;
    private final MessageDesk desk;
    private final DeadLetters letters;

    MessagesController(MessageDesk desk, DeadLetters letters) {
        this.desk = desk;
        this.letters = letters;
    }

    @GetMapping("/console/api/documents/{id}/history")
    Story history(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        MessageDesk.History history = desk.history(id).orElseThrow(() -> ActRefused.of("document-unknown"));
        return new Story(
                history.acts(),
                history.amendments(),
                history.acknowledgedAt(),
                history.needsSecond(),
                person.id().value());
    }

    /** @param me as {@link Desk#me} */
    record Story(
            List<MessageDesk.Act> acts,
            List<Amendment> amendments,
            @Nullable Instant acknowledgedAt,
            boolean needsSecond,
            UUID me) {}

    record Retried(UUID document) {}

    @PostMapping("/console/api/documents/{id}/retry")
    Retried retry(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return new Retried(ActRefused.unlessDone(desk.retry(id, person)));
    }

    record KeyOfStore(@NotNull UUID store, @NotNull String key) {}

    record Count(int documents) {}

    @PostMapping("/console/api/messages/retry-key")
    Count retryKey(@RequestBody @Valid KeyOfStore of, @AuthenticationPrincipal Person person) {
        return new Count(ActRefused.unlessDone(desk.retry(new StoreId(of.store()), of.key(), person)));
    }

    /** As long as a document may be. */
    private static final int LONGEST_BODY = 16 * 1024 * 1024;

    /** @param id minted by the page: the same call again is the same act */
    record Edit(
            @NotNull UUID id,
            @Nullable @Size(max = LONGEST_BODY) String body,
            @Nullable String reason) {}

    @PostMapping("/console/api/documents/{id}/edit")
    Amendment edit(@PathVariable UUID id, @RequestBody @Valid Edit edit, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(desk.edit(edit.id(), id, text(edit.body()), text(edit.reason()), person));
    }

    /** @param id as {@link Edit#id} */
    record Discarding(@NotNull UUID id, @Nullable String reason) {}

    @PostMapping("/console/api/documents/{id}/discard")
    Amendment discard(
            @PathVariable UUID id, @RequestBody @Valid Discarding discarding, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(desk.discard(discarding.id(), id, text(discarding.reason()), person));
    }

    record Verdict(@Nullable String reason) {}

    @PostMapping("/console/api/amendments/{id}/approve")
    Amendment approve(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(desk.approve(id, person));
    }

    @PostMapping("/console/api/amendments/{id}/refuse")
    Amendment refuse(@PathVariable UUID id, @RequestBody Verdict verdict, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(desk.refuse(id, text(verdict.reason()), person));
    }

    /** @param me so that the page offers nobody to approve his own */
    record Desk(List<Amendment> waiting, List<Batch> batches, UUID me) {}

    @GetMapping("/console/api/messages")
    Desk desk(@AuthenticationPrincipal Person person) {
        return new Desk(
                desk.waiting(WAITING), desk.batches(BATCHES), person.id().value());
    }

    record Filter(
            @Nullable UUID store,
            @Nullable String type,
            @Nullable String key,
            @Nullable String text,
            @Nullable Instant from,
            @Nullable Instant until) {
        ParkedFilter parked() {
            return new ParkedFilter(
                    store == null ? null : new StoreId(store),
                    MessagesController.text(type),
                    MessagesController.text(key),
                    MessagesController.text(text),
                    from,
                    until);
        }
    }

    @PostMapping("/console/api/messages/count")
    MessageDesk.Count count(@RequestBody Filter filter) {
        return ActRefused.unlessDone(desk.count(filter.parked()));
    }

    record Bulk(
            @NotNull UUID id,
            @NotNull BulkAct act,
            @NotNull @Valid Filter filter,
            int expected,
            @Nullable String reason) {}

    @PostMapping("/console/api/messages/bulk")
    Batch bulk(@RequestBody @Valid Bulk bulk, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(
                desk.bulk(bulk.id(), bulk.act(), bulk.filter().parked(), bulk.expected(), text(bulk.reason()), person));
    }

    @PostMapping("/console/api/messages/bulk/{id}/approve")
    Batch approveBatch(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(desk.approveBatch(id, person));
    }

    /** @param next to be given as {@code before}; null on the last page */
    record Asides(List<MessageDesk.Aside> asides, @Nullable UUID next) {}

    @GetMapping("/console/api/messages/asides")
    Asides asides(@RequestParam(required = false) @Nullable UUID before) {
        List<MessageDesk.Aside> found = desk.asides(before, PAGE);
        return new Asides(found, found.size() < PAGE ? null : found.getLast().id());
    }

    record Settled(String id) {}

    @PostMapping("/console/api/messages/asides/{id}/settle")
    Settled settleAside(@PathVariable UUID id, @RequestBody Verdict verdict, @AuthenticationPrincipal Person person) {
        return new Settled(ActRefused.unlessDone(desk.settleAside(id, text(verdict.reason()), person))
                .toString());
    }

    record Letters(List<DeadLetters.Letter> letters) {}

    @GetMapping("/console/api/messages/letters")
    Letters letters() {
        return new Letters(ActRefused.unlessDone(letters.letters(WAITING)));
    }

    record Which(@Nullable String id, @Nullable String reason) {}

    @PostMapping("/console/api/messages/letters/resend")
    Settled resend(@RequestBody Which which, @AuthenticationPrincipal Person person) {
        return new Settled(ActRefused.unlessDone(letters.resend(text(which.id()), person)));
    }

    @PostMapping("/console/api/messages/letters/discard")
    Settled discardLetter(@RequestBody Which which, @AuthenticationPrincipal Person person) {
        return new Settled(ActRefused.unlessDone(letters.discard(text(which.id()), text(which.reason()), person)));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
