package mx.refahub.hub.outside;

import java.net.InetAddress;
import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.outside.OutsideSimulator;
import mx.refahub.domain.outside.OutsideSystem;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.SecretBox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every {@link OutsideSystem} and {@link OutsideSimulator} among the beans takes part by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutsideSettings.class)
public class Outside {
    @Bean
    PostgresConnections connections(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            SecretBox box,
            AuditTrail audit,
            OutsideSettings settings,
            ObjectProvider<OutsideSystem> systems,
            IdSource ids,
            Clock clock) {
        return new PostgresConnections(
                jdbc,
                transaction,
                box,
                audit,
                new AddressPolicy(InetAddress::getAllByName, settings.loopback()),
                () -> systems.orderedStream().toList(),
                ids,
                clock);
    }

    @Bean(destroyMethod = "close")
    Simulators simulators(OutsideSettings settings, ObjectProvider<OutsideSimulator> all) {
        return new Simulators(all.orderedStream().toList(), settings.simulators());
    }
}
