package mx.refahub.pos.desk;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.core.CoreBank;
import mx.refahub.domain.credit.Credits;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceSync;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.pos.Pos;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The till's pages over a branch in memory. Run it to look at the screens: people marta, toño … with PIN 482915, lupita with the one-time
 * code 7K3M-9QXA. {@code --desk.setup=true} starts before the first-run setup, with the same code.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Pos.class, DeskApplication.Switches.class})
public class DeskApplication {
    public static void main(String[] arguments) {
        start(List.of(DeskApplication.class), arguments);
    }

    static ConfigurableApplicationContext start(List<Class<?>> sources, String... arguments) {
        SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.setDefaultProperties(Map.of("server.port", "18080", "server.address", "127.0.0.1"));
        return application.run(arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    DeskCatalogue catalogue() {
        return new DeskCatalogue();
    }

    @Bean
    DeskMissing missing(Clock clock) {
        return new DeskMissing(clock);
    }

    @Bean
    Credits credits() {
        return text -> Outcome.refused("credit-unknown");
    }

    @Bean
    DeskTerms terms() {
        return new DeskTerms();
    }

    @Bean
    CoreBank coreBank() {
        return customer -> new CoreBank.Standing(List.of(), Quantity.ZERO, Money.mxn(0), Optional.empty());
    }

    @Bean
    PriceSync priceSync(Clock clock) {
        return () -> new PriceSync.Standing(new PriceSync.Part(7, clock.instant()), new PriceSync.Part(0, null));
    }

    @Bean
    DeskHistory history(DeskStore store) {
        return new DeskHistory(store);
    }

    @Bean
    DeskPapers papers() {
        return new DeskPapers();
    }

    @Bean
    DeskNotes notes() {
        return new DeskNotes();
    }

    @Bean
    DeskStations stations() {
        return new DeskStations();
    }

    @Bean
    DeskLender lender() {
        return new DeskLender();
    }

    @Bean
    DeskCards cards() {
        return new DeskCards();
    }

    @Bean
    DeskImages images() {
        return new DeskImages();
    }

    @Bean
    DeskStore store(DeskCatalogue catalogue, Clock clock, Environment environment) {
        DeskStore store = new DeskStore(catalogue, clock, new Uuid7(clock, new SplittableRandom(11)));
        return environment.getProperty("desk.setup", Boolean.class, false) ? store.notRegistered() : store;
    }

    @Bean
    DeskCustomers customers(DeskStore store) {
        return store.customers;
    }

    @Bean
    DeskPromises promises() {
        return new DeskPromises();
    }

    @Bean
    DeskCash cash(DeskStore store, Clock clock) {
        return new DeskCash(store, clock);
    }

    @Bean
    DeskOrders orders(DeskCatalogue catalogue, Clock clock) {
        return new DeskOrders(catalogue, clock);
    }

    @Bean
    DeskMarketOrders marketOrders() {
        return new DeskMarketOrders();
    }

    @Bean
    DeskShelfLabels shelfLabels(DeskCatalogue catalogue, Clock clock) {
        return new DeskShelfLabels(catalogue, clock);
    }

    @Bean
    DeskCores coresGiven(DeskCatalogue catalogue, Clock clock) {
        return new DeskCores(catalogue, clock);
    }

    @Bean
    DeskStock stock(DeskCatalogue catalogue, DeskOrders orders, Clock clock) {
        return new DeskStock(catalogue, orders, clock);
    }

    @Bean
    DeskLeases leases(Clock clock) {
        return new DeskLeases(clock);
    }

    @Bean
    DeskDevices devices(Clock clock) {
        return new DeskDevices(clock);
    }

    @Bean
    StoreStatus status(DeskStore store) {
        return store.status();
    }

    @Bean
    AccessTable switches() {
        return () -> List.of(AccessRow.open(HttpMethod.POST, "/desk/link").withoutCsrf());
    }

    /** What the world does to a branch, at the press of a button. */
    @RestController
    static class Switches {
        private final DeskStore store;

        Switches(DeskStore store) {
            this.store = store;
        }

        @PostMapping("/desk/link")
        void link(@RequestParam boolean up) {
            store.link(up);
        }
    }
}
