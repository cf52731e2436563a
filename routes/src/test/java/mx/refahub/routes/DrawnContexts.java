package mx.refahub.routes;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.notice.Inbox;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.Mailbox;
import mx.refahub.domain.notice.Outgoing;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.broker.Admission;
import mx.refahub.routes.broker.HubBroker;
import mx.refahub.routes.document.Relaying;
import mx.refahub.routes.down.Handover;
import mx.refahub.routes.down.PostOffice;
import mx.refahub.routes.exchange.ExchangeDesk;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.mail.MailRouteSettings;
import mx.refahub.routes.mail.MailRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The routes of both processes under their default settings, defined and never started. */
final class DrawnContexts {
    private DrawnContexts() {}

    static DefaultCamelContext hub() throws Exception {
        HubRoutes door = new HubRoutes();
        BrokerSettings settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("refahub.broker", Bindable.of(BrokerSettings.class));
        MailRoutes mail = new MailRoutes();
        MailRouteSettings mailSettings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("refahub.mail", Bindable.of(MailRouteSettings.class));
        KnownStores stores = new KnownStores();
        HubBroker broker = new HubBroker(settings, stores);
        Troubles troubles = door.troubles();
        Admission admission = door.admission(broker, stores);
        PostOffice postOffice = door.postOffice(stores, admission);
        DefaultCamelContext context = new DefaultCamelContext();
        context.addRoutesConfigurations(door.hubPolicies(troubles));
        for (RouteBuilder routes : List.of(
                door.deadLetterRoutes(troubles),
                door.admissionRoutes(admission, settings),
                door.downRoutes(postOffice),
                door.intakeRoutes(
                        new PaperIntake(Clock.systemUTC()),
                        () -> new Ledgers.Progress(0, 0, 0, false),
                        stores,
                        postOffice,
                        settings,
                        broker),
                door.streamRoutes(Map::of, stores, admission, settings),
                door.orderRoutes(),
                door.sliceRoutes((order, again) -> {}),
                door.commandRoutes(),
                door.exchangeRoutes(new ExchangeDesk(new PaperDeliveries(), List.of()), PaperDeliveries.SETTINGS),
                mail.letterRoutes(new NoOutgoing(), mailSettings),
                mail.invoiceMailRoutes(new NoInbox(), mailSettings))) context.addRoutes(routes);
        context.addRoutes(door.marketRoutes(new PaperMarket()));
        return context;
    }

    static DefaultCamelContext store() throws Exception {
        StoreRoutes door = new StoreRoutes();
        StoreId id = new StoreId(new UUID(0, 1));
        StoreLink link = new StoreLink(id, 1, "slug", "tcp://127.0.0.1:1", "user", "secret", Path.of("unused"));
        HeardDownLink downLink = new HeardDownLink();
        Handover handover = door.handover(downLink);
        DefaultCamelContext context = new DefaultCamelContext();
        context.addRoutesConfigurations(door.storePolicies());
        context.addRoutes(door.relayRoutes(
                link, new Relaying(link, new PaperOutbox(id, 1), new KeptCursor(), downLink), handover));
        context.addRoutes(door.downlinkRoutes(link, handover));
        return context;
    }

    static final class NoOutgoing implements Outgoing {
        @Override
        public List<UUID> due() {
            return List.of();
        }

        @Override
        public Optional<Letter> take(UUID letter) {
            return Optional.empty();
        }

        @Override
        public void sent(UUID letter) {}

        @Override
        public void failed(UUID letter, Throwable reason) {}

        @Override
        public Optional<MailServer> server() {
            return Optional.empty();
        }
    }

    static final class NoInbox implements Inbox {
        @Override
        public List<Mailbox.Key> waiting() {
            return List.of();
        }

        @Override
        public void take(Mailbox.Key message) {}
    }
}
