package mx.refahub.pos.console;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.Commands;
import mx.refahub.domain.hub.CommandLog;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.message.MessageDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stores: how they are, what in the house needs a person, and the orders that may be given. */
@RestController
final class StoresController {
    private static final Logger log = LoggerFactory.getLogger(StoresController.class);
    /** Enough runs to hold the newest one of each job. */
    private static final int RUNS = 200;
    /** More than these are as many as these. */
    private static final int LETTERS = 100;

    private final StoreBoard board;
    private final Jobs jobs;
    private final RouteMap routes;
    private final Commands commands;
    private final ConsoleAccess access;
    private final ConsoleSettings settings;
    private final Clock clock;
    private final IdSource ids;
    private final ObjectProvider<CommandLog> commandLog;
    private final DeadLetters letters;
    private final MessageDesk messages;

    StoresController(
            StoreBoard board,
            Jobs jobs,
            RouteMap routes,
            Commands commands,
            ConsoleAccess access,
            ConsoleSettings settings,
            Clock clock,
            IdSource ids,
            ObjectProvider<CommandLog> commandLog,
            DeadLetters letters,
            MessageDesk messages) {
        this.board = board;
        this.jobs = jobs;
        this.routes = routes;
        this.commands = commands;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.commandLog = commandLog;
        this.letters = letters;
        this.messages = messages;
    }

    record Stores(List<StoreRow> stores) {}

    record AttentionList(List<Attention> attention) {}

    record Order(@Nullable String kind) {}

    record OrderSent(UUID id, String kind) {}

    @GetMapping("/console/api/attention")
    AttentionList attention(@AuthenticationPrincipal Person person) {
        Set<Permission> may = Permission.of(person.role());
        List<Attention> found = new ArrayList<>(Attention.ofStores(rows()));
        if (may.contains(Permission.JOBS_READ)) found.addAll(Attention.ofRuns(jobs.runs(null, RUNS)));
        if (may.contains(Permission.ROUTES_READ)) found.addAll(Attention.ofRoutes(routes.routes()));
        // While the broker does not answer, its routes say so.
        if (may.contains(Permission.DOCUMENTS_READ)
                && letters.letters(LETTERS) instanceof Outcome.Done<List<DeadLetters.Letter>>(var dead))
            found.addAll(Attention.ofLetters(dead));
        if (may.contains(Permission.DOCUMENTS_READ)) found.addAll(Attention.ofAsides(messages.asides(null, LETTERS)));
        return new AttentionList(Attention.worstFirst(found));
    }

    @GetMapping("/console/api/stores")
    Stores stores() {
        return new Stores(rows());
    }

    @GetMapping("/console/api/stores/{id}")
    StoreRow store(@PathVariable UUID id) {
        return board.store(new StoreId(id))
                .map(store -> StoreRow.of(store, clock.instant(), settings))
                .orElseThrow(() -> ActRefused.of("store-unknown"));
    }

    /** Accepted, not done: the store obeys when it is linked. */
    @PostMapping("/console/api/stores/{id}/commands")
    @ResponseStatus(HttpStatus.ACCEPTED)
    OrderSent command(@PathVariable UUID id, @RequestBody Order order, @AuthenticationPrincipal Person person) {
        StoreId store = new StoreId(id);
        if (board.store(store).isEmpty()) throw ActRefused.of("store-unknown");
        String name = order.kind() == null ? "" : order.kind();
        for (Command.Kind kind : Command.Kind.values()) {
            if (!kind.name().equals(name.toUpperCase(Locale.ROOT))) continue;
            Command command = new Command(ids.next(), kind);
            commandLog.ifAvailable(kept -> kept.ordered(store, command, person));
            commands.send(store, command);
            log.info("command sent command={} kind={} store={} by={}", command.id(), kind, store, person.id());
            return new OrderSent(command.id(), kind.name().toLowerCase(Locale.ROOT));
        }
        throw ActRefused.of("command-unknown", name);
    }

    @PostMapping("/console/api/activations")
    @ResponseStatus(HttpStatus.CREATED)
    ConsoleAccess.OneTimeCode activation(@AuthenticationPrincipal Person person) {
        return ActRefused.unlessDone(access.issueActivation(person));
    }

    private List<StoreRow> rows() {
        Instant now = clock.instant();
        return board.stores().stream()
                .map(store -> StoreRow.of(store, now, settings))
                .toList();
    }
}
