package mx.refahub.store.setup;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.StoreSetup;
import mx.refahub.store.device.FirstPrinter;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.HubRefusal;
import mx.refahub.store.identity.DocumentKey;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers this connector once. The setup code stands in the log of whoever started the process, and nowhere else; a wrong or late try gets
 * the next code, so a person with the log in sight can go on and nobody else.
 */
public final class Registrar implements StoreSetup {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final int MOST_TRIES = 5;

    private final HubHttp hub;
    private final Identities identities;
    private final Clock clock;
    private final SecureRandom random;
    private final FirstPrinter printers;
    private final Supplier<TakeOver> takeOver;
    private @Nullable OpenCode open;

    private static final class OpenCode {
        private final OneTimeSecret secret;
        private final Instant expiresAt;
        private int tries;

        OpenCode(OneTimeSecret secret, Instant expiresAt) {
            this.secret = secret;
            this.expiresAt = expiresAt;
        }
    }

    public Registrar(
            HubHttp hub,
            Identities identities,
            Clock clock,
            SecureRandom random,
            FirstPrinter printers,
            Supplier<TakeOver> takeOver) {
        this.printers = printers;
        this.takeOver = takeOver;
        this.hub = hub;
        this.identities = identities;
        this.clock = clock;
        this.random = random;
    }

    /** Prints the code if there is something to set up. */
    public synchronized void announce() {
        if (needsSetup()) openCode();
    }

    @Override
    public boolean needsSetup() {
        return identities.current().isEmpty();
    }

    @Override
    public synchronized Outcome<String> register(String code, Registration registration) {
        if (!needsSetup()) return Outcome.refused("setup-done");
        Optional<Refusal> refused = refusal(code);
        if (refused.isPresent()) return new Outcome.Refused<>(refused.get());
        String address = address(registration.hub()).orElse(null);
        if (address == null) return Outcome.refused("hub-address-invalid");
        Optional<Device> printer = registration.printer().flatMap(printers::device);
        if (registration.printer().isPresent() && printer.isEmpty()) return Outcome.refused("printer-address-invalid");
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String access = registration.activationCode().isBlank()
                    ? hub.logIn(address, registration.email(), registration.password())
                    : hub.activate(address, registration.activationCode());
            HubHttp.Registered answer = hub.register(address, access, application(registration, keys));
            printer.ifPresent(printers::keep);
            adopt(address, keys, answer);
            open = null;
            return Outcome.done(answer.slug());
        } catch (HubRefusal refusal) {
            return Outcome.refused("hub-refused", String.valueOf(refusal.getMessage()));
        } catch (IOException e) {
            LOG.warn("hub not reached hub={} reason={}", address, e.getMessage());
            return Outcome.refused("hub-unreachable", address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused("hub-unreachable", address);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    @Override
    public synchronized Outcome<String> tryPrinter(String code, NetworkPrinter typed) {
        if (!needsSetup()) return Outcome.refused("setup-done");
        Optional<Refusal> refused = refusal(code);
        if (refused.isPresent()) return new Outcome.Refused<>(refused.get());
        return printers.device(typed)
                .map(device -> Outcome.done(printers.test(device).cause()))
                .orElseGet(() -> Outcome.refused("printer-address-invalid"));
    }

    @Override
    public synchronized Outcome<String> replace(String code, String address, String replacement) {
        if (!needsSetup()) return Outcome.refused("setup-done");
        Optional<Refusal> refused = refusal(code);
        if (refused.isPresent()) return new Outcome.Refused<>(refused.get());
        return switch (takeOver.get().byCode(address, replacement)) {
            case Outcome.Done<TakeOver.Taken>(TakeOver.Taken taken) -> {
                open = null;
                yield Outcome.done(taken.slug());
            }
            case Outcome.Refused<TakeOver.Taken>(Refusal refusal) -> new Outcome.Refused<>(refusal);
        };
    }

    private void adopt(String address, KeyPair keys, HubHttp.Registered answer) {
        LOG.info("store registered store={} slug={} hub={}", answer.hubId(), answer.slug(), address);
        LOG.info(
                "cashier code user={} code={} expires={}",
                answer.cashier().user(),
                answer.cashier().code(),
                answer.cashier().codeExpiresAt());
        identities.adopt(
                new Identity(
                        new StoreId(answer.hubId()),
                        answer.slug(),
                        answer.epoch(),
                        address,
                        answer.publicKey(),
                        answer.secret(),
                        new Identity.Broker(
                                answer.broker().url(),
                                answer.broker().user(),
                                answer.broker().password()),
                        DocumentKey.of(keys.getPrivate()),
                        answer.tunnelPort(),
                        answer.tunnelToken(),
                        clock.instant(),
                        0),
                answer.registers().stream()
                        .map(till -> new Identities.Register(new RegisterId(till.id()), till.name(), till.prefix()))
                        .toList());
    }

    private static HubHttp.Application application(Registration registration, KeyPair keys) {
        return new HubHttp.Application(
                registration.name(),
                registration.code(),
                registration.address(),
                registration.postalCode(),
                registration.taxRegion().name(),
                registration.timeZone(),
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                registration.cashierUser(),
                registration.cashierName(),
                registration.registers());
    }

    /** @return the refusal if the code does not open the door */
    private Optional<Refusal> refusal(String typed) {
        OpenCode code = open;
        if (code == null || !code.expiresAt.isAfter(clock.instant())) {
            openCode();
            return Optional.of(Refusal.of("code-expired"));
        }
        if (matches(typed, code.secret)) return Optional.empty();
        if (++code.tries >= MOST_TRIES) openCode();
        return Optional.of(Refusal.of("code-wrong"));
    }

    private void openCode() {
        OpenCode code =
                new OpenCode(OneTimeSecret.random(random), clock.instant().plus(LIFE));
        open = code;
        LOG.info("setup code code={} expires={}", code.secret.text(), code.expiresAt);
    }

    private static boolean matches(String typed, OneTimeSecret secret) {
        try {
            return MessageDigest.isEqual(
                    new OneTimeSecret(typed).value().getBytes(StandardCharsets.US_ASCII),
                    secret.value().getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@code http(s)://host[:port]} and nothing after it, as it is kept: lower case, no slash. */
    static Optional<String> address(String typed) {
        try {
            URI uri = new URI(typed.strip());
            String scheme = uri.getScheme();
            if (scheme == null || uri.getHost() == null || uri.getUserInfo() != null) return Optional.empty();
            scheme = scheme.toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) return Optional.empty();
            String path = uri.getPath();
            if (path != null && !path.isEmpty() && !path.equals("/")) return Optional.empty();
            if (uri.getQuery() != null || uri.getFragment() != null || uri.getPort() > 65_535) return Optional.empty();
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
