package mx.refahub.hub.access;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.BrokerGate;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.CutOffs;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.hub.Staff;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.stream.Publications;
import mx.refahub.routes.BrokerTls;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.transaction.support.TransactionTemplate;

/** Who comes in: people by password, stores by secret, both then by token. */
@Configuration(proxyBeanMethods = false)
public class Access {
    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    }

    @Bean
    Secrets secrets(SecureRandom random) {
        return new Secrets(random);
    }

    @Bean
    AuditTrail auditTrail(PersonTable table, IdSource ids, Clock clock) {
        return new AuditTrail(table, ids, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    AuditChain auditChain(AuditChainTable table, TransactionTemplate transaction) {
        return new AuditChain(table, transaction);
    }

    @Bean
    People people(
            PersonTable table,
            Publications publications,
            SecureRandom random,
            IdSource ids,
            Clock clock,
            HubSettings settings) {
        return new People(table, publications, random, ids, clock, settings);
    }

    @Bean
    Staff staff(
            StaffTable table,
            Publications publications,
            AuditTrail audit,
            SecureRandom random,
            IdSource ids,
            Clock clock,
            HubSettings settings,
            TransactionTemplate transaction) {
        return new PostgresStaff(table, publications, audit, random, ids, clock, settings, transaction);
    }

    @Bean
    SetupCode setupCode(SecureRandom random, Clock clock, HubSettings settings) {
        return new SetupCode(random, clock, settings.codeLife());
    }

    @Bean
    SecretBox secretBox(HubSettings settings, SecureRandom random) throws IOException {
        return SecretBox.in(settings.data().resolve("keys"), random);
    }

    @Bean
    PostgresSecondFactors secondFactors(
            SecondFactorTable table,
            PersonTable people,
            AuditTrail audit,
            SecretBox box,
            SecureRandom random,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresSecondFactors(table, people, audit, box, random, clock, transaction);
    }

    @Bean
    ConsoleAccess consoleAccess(
            PersonTable table,
            Publications publications,
            AuditTrail audit,
            PostgresSecondFactors factors,
            PasswordEncoder passwords,
            SetupCode setupCode,
            SecureRandom random,
            IdSource ids,
            Clock clock,
            HubSettings settings,
            TransactionTemplate transaction) {
        return new PostgresConsoleAccess(
                table, publications, audit, factors, passwords, setupCode, random, ids, clock, settings, transaction);
    }

    /** Once the hub answers, so that whoever reads the code can use it at once. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> setupCodePrinter(ConsoleAccess access, SetupCode code) {
        return ready -> {
            if (access.needsSetup()) code.print();
        };
    }

    @Bean
    SigningKey signingKey(HubSettings settings) throws IOException {
        return SigningKey.in(settings.data().resolve("keys"));
    }

    /** Made before the web server and the broker, which show it. */
    @Bean
    TlsDoor tlsDoor(HubSettings settings, SigningKey key, Environment environment, Secrets secrets, Clock clock)
            throws IOException {
        return new TlsDoor(HubTls.of(
                settings,
                key,
                environment.getProperty("server.address"),
                environment.getProperty("refahub.broker.host", "127.0.0.1"),
                secrets,
                clock.instant()));
    }

    /** Whether this hub speaks TLS, and with what. */
    public record TlsDoor(Optional<HubTls> tls) {}

    @Bean
    BrokerTls brokerTls(TlsDoor door) {
        return door.tls()
                .map(tls -> new BrokerTls(tls.keyStore(), tls.password()))
                .orElse(BrokerTls.PLAIN);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> httpTls(TlsDoor door) {
        return factory -> door.tls().ifPresent(tls -> {
            Ssl ssl = new Ssl();
            ssl.setKeyStore(tls.keyStore().toUri().toString());
            ssl.setKeyStorePassword(tls.password());
            ssl.setKeyStoreType("PKCS12");
            ssl.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            factory.setSsl(ssl);
        });
    }

    @Bean
    Tokens tokens(SigningKey key, HubSettings settings, IdSource ids, Clock clock) {
        return new Tokens(key, settings.tokens(), ids, clock);
    }

    @Bean
    CutOffs cutOffs(
            CutOffTable table,
            AuditTrail audit,
            ObjectProvider<BrokerGate> gate,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresCutOffs(
                table, audit, user -> gate.ifAvailable(broker -> broker.disconnect(user)), clock, transaction);
    }

    @Bean
    Sessions sessions(
            SessionTable table,
            AuditTrail audit,
            Environment environment,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresSessions(
                table, audit, environment.getProperty("refahub.batch.owner", "hub"), clock, transaction);
    }

    /** A store that is cut off, a life that is over and a person whose session was ended lose the tokens that they have, too. */
    @Bean
    JwtDecoder jwtDecoder(Tokens tokens, CutOffTable table, Sessions sessions) {
        return tokens.decoder(new Tokens.Door() {
            @Override
            public boolean open(StoreId store, int epoch) {
                return table.epoch(store.value()).filter(now -> now == epoch).isPresent();
            }

            @Override
            public boolean lasts(UUID session) {
                return sessions.called(session);
            }
        });
    }
}
