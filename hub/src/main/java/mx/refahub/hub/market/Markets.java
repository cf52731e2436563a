package mx.refahub.hub.market;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import mx.refahub.adapters.mercadolibre.MercadoLibre;
import mx.refahub.adapters.mercadolibre.MercadoLibreSimulator;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.market.MarketTraffic;
import mx.refahub.domain.market.MarketplaceKind;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.OutsideSimulator;
import mx.refahub.domain.outside.OutsideSystem;
import mx.refahub.domain.part.PartImages;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.SecretBox;
import mx.refahub.hub.stream.Publications;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every {@link MarketplaceKind} among the beans takes part by itself; each needs an {@link OutsideSystem} of its own beside it. */
@Configuration(proxyBeanMethods = false)
@Import(AmazonRoom.class)
public class Markets {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ZoneId ZONE = ZoneId.of("America/Mexico_City");

    @Bean
    MarketplaceKind mercadoLibre(Clock clock) {
        return new MercadoLibre(clock, PATIENCE);
    }

    @Bean
    OutsideSystem mercadoLibreSystem(MarketplaceKind mercadoLibre, ObjectProvider<Sellers> sellers) {
        return new MarketSystem(mercadoLibre, sellers);
    }

    @Bean
    OutsideSimulator mercadoLibreSimulator(Clock clock) {
        return new MercadoLibreSimulator(clock);
    }

    @Bean
    Sellers sellers(
            ObjectProvider<MarketplaceKind> kinds,
            Connections connections,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            SecretBox box,
            SecureRandom random,
            Clock clock) {
        return new Sellers(kinds.orderedStream().toList(), connections, jdbc, transaction, box, random, clock);
    }

    @Bean
    OrderBook orderBook(JdbcClient jdbc, Publications publications, IdSource ids, Clock clock) {
        return new OrderBook(jdbc, publications, ids, clock);
    }

    @Bean
    PublicPictures publicPictures(Sellers sellers, PartImages images, JdbcClient jdbc, Clock clock) {
        return new PublicPictures(sellers, images, jdbc, clock);
    }

    @Bean
    OrderSales orderSales(OrderBook orderBook) {
        return new OrderSales(orderBook);
    }

    @Bean
    PostgresMarketCounter marketCounter(
            Sellers sellers,
            OrderBook orderBook,
            PartImages images,
            PublicPictures publicPictures,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        return new PostgresMarketCounter(
                sellers, new ListingPlan(jdbc), orderBook, images, publicPictures, jdbc, transaction, clock, ZONE);
    }

    @Bean
    PostgresMarketDesk marketDesk(
            Sellers sellers,
            PostgresMarketCounter counter,
            OrderBook orderBook,
            PublicPictures publicPictures,
            ObjectProvider<MarketTraffic> traffic,
            Publications publications,
            AuditTrail audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        return new PostgresMarketDesk(
                sellers, counter, orderBook, publicPictures, traffic, publications, audit, jdbc, transaction, clock);
    }
}
