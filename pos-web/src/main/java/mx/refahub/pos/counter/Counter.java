package mx.refahub.pos.counter;

import java.time.Clock;
import java.util.List;
import mx.refahub.domain.cash.CashDesk;
import mx.refahub.domain.cash.CashSessions;
import mx.refahub.domain.fiscal.InvoiceDesk;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.TicketShelf;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.store.Paper;
import mx.refahub.domain.store.PinAccess;
import mx.refahub.domain.store.Stations;
import mx.refahub.domain.store.StoreSetup;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import mx.refahub.pos.web.Messages;
import mx.refahub.pos.web.SessionCookie;
import mx.refahub.pos.web.SetupGate;
import mx.refahub.pos.web.Shell;
import mx.refahub.pos.web.SignIns;
import mx.refahub.pos.web.StatusSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The parts of the counter, wired. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PosSettings.class)
@Import({
    DeviceCounter.class,
    MissingCounter.class,
    KitsCounter.class,
    ReturnsCounter.class,
    TermsCounter.class,
    CustomersCounter.class,
    TenderCounter.class,
    PricesCounter.class,
    TrustCounter.class,
    NotesCounter.class,
    StationsCounter.class,
    PromiseCounter.class,
    MarketCounter.class
})
public class Counter {
    @Bean
    Shell posShell() {
        return new Shell("pos", List.of("/"));
    }

    @Bean
    MessageFile posMessages() {
        return new MessageFile("messages_pos");
    }

    @Bean
    SessionCookie sessionCookie() {
        return new SessionCookie("refahub-pos");
    }

    @Bean
    AccessTable counterAccess() {
        return new CounterAccess();
    }

    @Bean
    SetupGate setupGate(StoreSetup setup) {
        return setup::needsSetup;
    }

    @Bean
    StatusSource statusSource(StoreStatus status, PartSearch search, Shelves shelves, Clock clock) {
        return new StoreStatusSource(status, search, shelves, clock);
    }

    @Bean
    LiveEvents liveEvents(StoreStatus status, Paper paper, PartSearch search, Clock clock) {
        return new LiveEvents(status, paper, search, clock);
    }

    @Bean
    SetupApi setupApi(StoreSetup setup) {
        return new SetupApi(setup);
    }

    @Bean
    SessionApi sessionApi(PinAccess access, StoreStatus status, SignIns signIns, PosSettings settings) {
        return new SessionApi(access, status, signIns, settings);
    }

    @Bean
    RegisterApi registerApi(CashDesk desk, Stations stations) {
        return new RegisterApi(desk, stations);
    }

    @Bean
    CashApi cashApi(CashSessions sessions, PinAccess access, Messages messages) {
        return new CashApi(sessions, access, messages);
    }

    @Bean
    TicketApi ticketApi(
            Till till,
            PartCatalogue catalogue,
            PartSearch search,
            Approvals approvals,
            PosSettings settings,
            Messages messages) {
        return new TicketApi(till, catalogue, search, approvals, settings, messages);
    }

    @Bean
    Approvals approvals(PinAccess access) {
        return new Approvals(access);
    }

    @Bean
    InvoiceApi invoiceApi(InvoiceDesk desk, Returns returns, Till till) {
        return new InvoiceApi(desk, returns, till);
    }

    @Bean
    ShelfApi shelfApi(TicketShelf shelf) {
        return new ShelfApi(shelf);
    }

    @Bean
    SalesApi salesApi(Till till) {
        return new SalesApi(till);
    }

    @Bean
    PaperApi paperApi(Paper paper, LiveEvents events, PosSettings settings) {
        return new PaperApi(paper, events, settings);
    }

    @Bean
    ServiceWorker serviceWorker() {
        return new ServiceWorker();
    }
}
