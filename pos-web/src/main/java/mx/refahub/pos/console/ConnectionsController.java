package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.outside.ConnectionDesk.Draft;
import mx.refahub.domain.outside.ConnectionDesk.Shown;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Connections to outside systems. A secret goes in here and never comes out. */
@RestController
final class ConnectionsController {
    private final ConnectionDesk desk;
    private final Messages messages;

    ConnectionsController(ConnectionDesk desk, Messages messages) {
        this.desk = desk;
        this.messages = messages;
    }

    record Connections(List<Kind> kinds, List<Row> connections) {}

    /** @param free one more of it can be connected */
    record Kind(String name, String address, boolean free, List<Field> fields) {}

    record Field(String name, String type, boolean required, String preset, List<String> choices) {}

    /** @param kept secrets that are there @param says what the system told of itself @param trouble why it did not work, in words */
    record Row(
            UUID id,
            String kind,
            String name,
            String address,
            boolean local,
            boolean enabled,
            Map<String, String> settings,
            Set<String> kept,
            Instant changedAt,
            String changedBy,
            @Nullable Instant triedAt,
            @Nullable String says,
            @Nullable String trouble) {}

    /** @param secrets those typed now */
    record Sent(
            @Nullable String kind,
            @Nullable String name,
            @Nullable String address,
            @Nullable Boolean local,
            @Nullable Boolean enabled,
            @Nullable Map<String, String> settings,
            @Nullable Map<String, String> secrets) {
        /** Never what was typed. */
        @Override
        public String toString() {
            return "Sent[" + kind + " " + name + "]";
        }

        Draft draft() {
            return new Draft(
                    text(kind),
                    text(name),
                    text(address),
                    Boolean.TRUE.equals(local),
                    Boolean.TRUE.equals(enabled),
                    texts(settings),
                    texts(secrets));
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text;
        }

        private static Map<String, String> texts(@Nullable Map<String, String> sent) {
            Map<String, String> kept = new TreeMap<>();
            if (sent != null)
                sent.forEach((name, value) -> {
                    if (value != null && !value.isBlank()) kept.put(name, value);
                });
            return kept;
        }
    }

    @GetMapping("/console/api/connections")
    Connections all(Locale locale) {
        List<Shown> all = desk.all();
        return new Connections(
                desk.kinds().stream().map(kind -> kind(kind, all)).toList(),
                all.stream().map(one -> row(one, locale)).toList());
    }

    private static Kind kind(OutsideKind kind, List<Shown> all) {
        return new Kind(
                kind.name(),
                kind.address(),
                !kind.single() || all.stream().noneMatch(one -> one.kind().equals(kind.name())),
                kind.fields().stream()
                        .map(field -> new Field(
                                field.name(),
                                field.type().name().toLowerCase(Locale.ROOT),
                                field.required(),
                                field.preset(),
                                field.choices()))
                        .toList());
    }

    private Row row(Shown one, Locale locale) {
        ConnectionDesk.Tried tried = one.tried();
        Refusal trouble = tried == null ? null : tried.trouble();
        return new Row(
                one.id(),
                one.kind(),
                one.name(),
                one.address(),
                one.local(),
                one.enabled(),
                one.settings(),
                one.kept(),
                one.changedAt(),
                one.changedBy(),
                tried == null ? null : tried.at(),
                tried == null ? null : tried.says(),
                trouble == null ? null : words(trouble, one.kind(), locale));
    }

    /** A field is told by its name on the page. */
    private String words(Refusal trouble, String kind, Locale locale) {
        return messages.text(
                locale,
                "refusal." + trouble.code(),
                trouble.code().startsWith("connection-field-")
                        ? trouble.arguments().stream()
                                .map(field ->
                                        messages.text(locale, "connection.field." + kind + "." + field, List.of()))
                                .toList()
                        : trouble.arguments());
    }

    @PostMapping("/console/api/connections")
    @ResponseStatus(HttpStatus.CREATED)
    Row add(@RequestBody Sent sent, @AuthenticationPrincipal Person person, Locale locale) {
        return row(ActRefused.unlessDone(desk.add(sent.draft(), person)), locale);
    }

    @PutMapping("/console/api/connections/{id}")
    Row change(@PathVariable UUID id, @RequestBody Sent sent, @AuthenticationPrincipal Person person, Locale locale) {
        return row(ActRefused.unlessDone(desk.change(id, sent.draft(), person)), locale);
    }

    @DeleteMapping("/console/api/connections/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        ActRefused.unlessDone(desk.remove(id, person));
    }

    @PostMapping("/console/api/connections/{id}/trial")
    Row probe(@PathVariable UUID id, @AuthenticationPrincipal Person person, Locale locale) {
        return row(ActRefused.unlessDone(desk.probe(id, person)), locale);
    }
}
