package mx.refahub.hub.access;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.hub.ConsoleAccess.OneTimeCode;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.stream.Publications;

/** People of the stores, made at the hub, and the codes with which stores and people begin. Called inside a transaction. */
public final class People {
    private final PersonTable table;
    private final Publications publications;
    private final SecureRandom random;
    private final IdSource ids;
    private final Clock clock;
    private final HubSettings settings;

    People(
            PersonTable table,
            Publications publications,
            SecureRandom random,
            IdSource ids,
            Clock clock,
            HubSettings settings) {
        this.table = table;
        this.publications = publications;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /** One way to write an account name: NFC, lower case, no outer blanks. */
    public static String normal(String username) {
        return Normalizer.normalize(username, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    }

    /** A cashier of a store, with a one-time code for the first sign-in; raises the user stream. Empty if the account name is taken. */
    public Optional<OneTimeCode> hireCashier(UUID store, String username, String name) {
        OneTimeSecret secret = OneTimeSecret.random(random);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(settings.codeLife());
        int made = table.insert(
                ids.next(),
                normal(username),
                name,
                Role.CASHIER.name(),
                store,
                null,
                secret.hash(),
                expiresAt,
                publications.raise(Stream.USERS),
                now);
        return made == 0 ? Optional.empty() : Optional.of(new OneTimeCode(secret.text(), expiresAt));
    }

    /** A fresh code for a cashier of this store, when its registration is repeated. Empty if there is no such cashier. */
    public Optional<OneTimeCode> renewCode(String username, UUID store) {
        return table.byUsername(normal(username))
                .filter(person -> store.equals(person.storeId()))
                .map(person -> {
                    OneTimeSecret secret = OneTimeSecret.random(random);
                    Instant expiresAt = clock.instant().plus(settings.codeLife());
                    int changed =
                            table.openCode(person.id(), secret.hash(), expiresAt, publications.raise(Stream.USERS));
                    if (changed != 1) throw new IllegalStateException("person " + person.id() + " vanished");
                    return new OneTimeCode(secret.text(), expiresAt);
                });
    }

    /** The hash of the activation code, if it lets a store register now; an already used one still lets the same store repeat itself. */
    public Optional<String> activation(String code) {
        String hash;
        try {
            hash = new OneTimeSecret(code).hash();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return table.activation(hash)
                .filter(found -> found.expiresAt().isAfter(clock.instant()))
                .map(PersonTable.Activation::codeHash);
    }

    /** @return false if it was used before */
    public boolean useActivation(String codeHash) {
        return table.useActivation(codeHash, clock.instant()) == 1;
    }
}
