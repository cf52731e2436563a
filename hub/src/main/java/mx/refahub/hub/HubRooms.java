package mx.refahub.hub;

import java.security.SecureRandom;
import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.MachineClock;
import mx.refahub.domain.Uuid7;
import mx.refahub.hub.access.Access;
import mx.refahub.hub.accounting.Accounting;
import mx.refahub.hub.alert.AlertRoom;
import mx.refahub.hub.board.Board;
import mx.refahub.hub.catalogue.Catalogue;
import mx.refahub.hub.commission.Commissions;
import mx.refahub.hub.company.FirstStart;
import mx.refahub.hub.core.CoreRoom;
import mx.refahub.hub.credit.CreditRoom;
import mx.refahub.hub.customer.CustomerRoom;
import mx.refahub.hub.fiscal.FiscalRoom;
import mx.refahub.hub.image.Images;
import mx.refahub.hub.landing.Landings;
import mx.refahub.hub.ledger.Books;
import mx.refahub.hub.lender.LenderRoom;
import mx.refahub.hub.market.Markets;
import mx.refahub.hub.message.MessageRoom;
import mx.refahub.hub.notice.Notices;
import mx.refahub.hub.outside.Outside;
import mx.refahub.hub.postgres.Database;
import mx.refahub.hub.price.Prices;
import mx.refahub.hub.promise.PromiseRoom;
import mx.refahub.hub.proposal.Missing;
import mx.refahub.hub.purchase.Purchases;
import mx.refahub.hub.rate.Rates;
import mx.refahub.hub.reconcile.Reconciling;
import mx.refahub.hub.registry.Registry;
import mx.refahub.hub.returned.ReturnRoom;
import mx.refahub.hub.stock.Stocks;
import mx.refahub.hub.stream.Streams;
import org.apache.ibatis.annotations.Mapper;
import org.mybatis.spring.annotation.MapperScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The hub's own rooms: PostgreSQL behind the ports. What speaks to the outside comes beside it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HubSettings.class)
@MapperScan(basePackages = "mx.refahub.hub", annotationClass = Mapper.class)
@Import({
    Database.class,
    Streams.class,
    FirstStart.class,
    Access.class,
    Registry.class,
    Landings.class,
    Books.class,
    Catalogue.class,
    Board.class,
    Images.class,
    Missing.class,
    Stocks.class,
    CustomerRoom.class,
    Rates.class,
    CreditRoom.class,
    FiscalRoom.class,
    ReturnRoom.class,
    CoreRoom.class,
    Prices.class,
    Purchases.class,
    Outside.class,
    Markets.class,
    LenderRoom.class,
    Accounting.class,
    PromiseRoom.class,
    Reconciling.class,
    Commissions.class,
    MessageRoom.class,
    Notices.class,
    AlertRoom.class
})
public class HubRooms {
    @Bean
    Clock clock() {
        return MachineClock.utc();
    }

    @Bean
    IdSource idSource(Clock clock, SecureRandom random) {
        return new Uuid7(clock, random);
    }
}
