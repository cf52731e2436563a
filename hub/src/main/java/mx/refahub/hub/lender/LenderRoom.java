package mx.refahub.hub.lender;

import java.time.Clock;
import java.time.Duration;
import mx.refahub.adapters.aplazo.Aplazo;
import mx.refahub.adapters.aplazo.AplazoSimulator;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.lender.BnplProvider;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.outside.OutsideSimulator;
import mx.refahub.domain.outside.OutsideSystem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every {@link BnplProvider} among the beans takes part by itself; each needs an {@link OutsideSystem} of its own beside it. */
@Configuration(proxyBeanMethods = false)
public class LenderRoom {
    /** A branch waits for a sign-in and two calls. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    BnplProvider aplazo() {
        return new Aplazo(PATIENCE);
    }

    @Bean
    OutsideSystem aplazoSystem(BnplProvider aplazo) {
        return new OutsideSystem() {
            @Override
            public OutsideKind kind() {
                return aplazo.kind();
            }

            @Override
            public Outcome<String> probe(Connection connection) {
                return aplazo.probe(connection);
            }
        };
    }

    @Bean
    OutsideSimulator aplazoSimulator() {
        return new AplazoSimulator();
    }

    @Bean
    Lenders lenders(ObjectProvider<BnplProvider> providers, Connections connections, JdbcClient jdbc, Clock clock) {
        return new Lenders(providers.orderedStream().toList(), connections, new LenderTable(jdbc), clock);
    }

    @Bean
    LenderSales lenderSales(JdbcClient jdbc) {
        return new LenderSales(new LenderTable(jdbc));
    }
}
