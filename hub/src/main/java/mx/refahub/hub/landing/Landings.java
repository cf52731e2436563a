package mx.refahub.hub.landing;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.Intake;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Landings {
    @Bean
    Intake intake(
            LandingTable table, IdSource ids, Clock clock, TransactionTemplate transaction, MeterRegistry meters) {
        return new PostgresIntake(table, ids, clock, transaction, meters);
    }
}
