package mx.refahub.hub.market;

import java.time.Clock;
import mx.refahub.adapters.amazon.Amazon;
import mx.refahub.adapters.amazon.simulator.AmazonSimulator;
import mx.refahub.domain.market.MarketplaceKind;
import mx.refahub.domain.outside.OutsideSimulator;
import mx.refahub.domain.outside.OutsideSystem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Amazon among the marketplaces. */
@Configuration(proxyBeanMethods = false)
class AmazonRoom {
    @Bean
    MarketplaceKind amazon(Clock clock) {
        return new Amazon(clock);
    }

    @Bean
    OutsideSystem amazonSystem(MarketplaceKind amazon, ObjectProvider<Sellers> sellers) {
        return new MarketSystem(amazon, sellers);
    }

    @Bean
    OutsideSimulator amazonSimulator(Clock clock) {
        return new AmazonSimulator(clock);
    }
}
