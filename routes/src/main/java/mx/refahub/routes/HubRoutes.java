package mx.refahub.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerDoor;
import mx.refahub.domain.delivery.Commands;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpSender;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.job.SliceOrders;
import mx.refahub.domain.job.SliceWork;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.domain.market.MarketCounter;
import mx.refahub.domain.market.MarketTraffic;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.routes.broker.Admission;
import mx.refahub.routes.broker.AdmissionRoutes;
import mx.refahub.routes.broker.HubBroker;
import mx.refahub.routes.broker.JmsComponents;
import mx.refahub.routes.command.CommandDesk;
import mx.refahub.routes.command.CommandRoutes;
import mx.refahub.routes.document.IntakeDesk;
import mx.refahub.routes.document.IntakeRoutes;
import mx.refahub.routes.down.DownRoutes;
import mx.refahub.routes.down.PostOffice;
import mx.refahub.routes.exchange.ExchangeDesk;
import mx.refahub.routes.exchange.ExchangeRoutes;
import mx.refahub.routes.exchange.ExchangeSettings;
import mx.refahub.routes.exchange.RoutedSender;
import mx.refahub.routes.failure.BrokerDeadLetters;
import mx.refahub.routes.failure.DeadLetterRoutes;
import mx.refahub.routes.failure.HubPolicies;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.mail.MailRoutes;
import mx.refahub.routes.market.Dealing;
import mx.refahub.routes.market.HeardBefore;
import mx.refahub.routes.market.MarketMotion;
import mx.refahub.routes.market.MarketRoutes;
import mx.refahub.routes.stream.Announcing;
import mx.refahub.routes.stream.StreamRoutes;
import mx.refahub.routes.watch.RouteWatch;
import mx.refahub.routes.work.OrderRoutes;
import mx.refahub.routes.work.SliceDesk;
import mx.refahub.routes.work.SliceRoutes;
import mx.refahub.routes.work.SliceSender;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The hub's door: its broker and its end of each conversation with the stores. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BrokerSettings.class, ExchangeSettings.class})
@Import(MailRoutes.class)
public class HubRoutes {
    @Bean(initMethod = "start", destroyMethod = "close")
    HubBroker hubBroker(
            BrokerSettings settings,
            BrokerAccounts accounts,
            ObjectProvider<BrokerTls> tls,
            ObjectProvider<WorkDoor> door) {
        BrokerTls shown = tls.getIfAvailable(() -> BrokerTls.PLAIN);
        WorkDoor opened = door.getIfAvailable();
        return opened == null
                ? new HubBroker(settings, accounts, shown)
                : new HubBroker(settings, accounts, shown, opened.password());
    }

    @Bean
    BrokerAddress brokerAddress(HubBroker broker) {
        return broker.address();
    }

    @Bean(destroyMethod = "destroy")
    CachingConnectionFactory hubSending(HubBroker broker) {
        return JmsComponents.caching(broker.connections());
    }

    @Bean(Channels.HUB)
    JmsComponent hub(HubBroker broker, CachingConnectionFactory hubSending) {
        return JmsComponents.over(broker.connections(), hubSending);
    }

    @Bean
    RouteWatch routeWatch(ObjectProvider<MeterRegistry> meters) {
        return new RouteWatch(meters.getIfUnique(SimpleMeterRegistry::new));
    }

    @Bean
    CamelContextConfiguration contextSetup(RouteWatch watch) {
        return new ContextSetup(watch);
    }

    @Bean
    RouteMap routeMap(RouteWatch watch, CamelContext context, HubBroker broker, ObjectProvider<ActLog> log) {
        return watch.over(context, broker::waiting, log.getIfAvailable(() -> ActLog.NONE));
    }

    @Bean
    DeadLetters deadLetters(HubBroker broker, ObjectProvider<ActLog> log) {
        return new BrokerDeadLetters(broker.connections(), log.getIfAvailable(() -> ActLog.NONE));
    }

    @Bean
    Troubles troubles() {
        return new Troubles();
    }

    @Bean
    HubPolicies hubPolicies(Troubles troubles) {
        return new HubPolicies(troubles);
    }

    @Bean
    DeadLetterRoutes deadLetterRoutes(Troubles troubles) {
        return new DeadLetterRoutes(troubles);
    }

    @Bean
    BrokerDoor brokerDoor(HubBroker broker) {
        return broker::disconnect;
    }

    @Bean
    Admission admission(HubBroker broker, BrokerAccounts accounts) {
        return new Admission(broker, accounts);
    }

    @Bean
    AdmissionRoutes admissionRoutes(Admission admission, BrokerSettings settings) {
        return new AdmissionRoutes(admission, settings.announceEvery());
    }

    @Bean
    PostOffice postOffice(BrokerAccounts accounts, Admission admission) {
        return new PostOffice(accounts, admission::isAdmitted);
    }

    @Bean
    DownRoutes downRoutes(PostOffice postOffice) {
        return new DownRoutes(postOffice);
    }

    @Bean
    IntakeRoutes intakeRoutes(
            Intake intake,
            Ledgers ledgers,
            BrokerAccounts accounts,
            PostOffice postOffice,
            BrokerSettings settings,
            HubBroker broker) {
        return new IntakeRoutes(
                new IntakeDesk(intake, ledgers, accounts, postOffice, broker.user()),
                settings.intakeConsumers(),
                settings.remindEvery(),
                settings.applyEvery());
    }

    @Bean
    StreamRoutes streamRoutes(
            StreamVersions versions, BrokerAccounts accounts, Admission admission, BrokerSettings settings) {
        return new StreamRoutes(new Announcing(versions, accounts, admission::isAdmitted), settings.announceEvery());
    }

    @Bean(Channels.WORKING)
    JmsComponent work(HubBroker broker) {
        return JmsComponents.listeningTo(broker.workConnections());
    }

    @Bean
    OrderRoutes orderRoutes() {
        return new OrderRoutes();
    }

    @Bean
    SliceRoutes sliceRoutes(SliceWork work) {
        return new SliceRoutes(new SliceDesk(work));
    }

    @Bean
    SliceOrders sliceOrders(ObjectProvider<CamelContext> context) {
        return new SliceSender(context::getObject);
    }

    @Bean
    ExchangeDesk exchangeDesk(ErpClaims claims, ObjectProvider<ErpGateway> gateways) {
        return new ExchangeDesk(claims, gateways.stream().toList());
    }

    @Bean
    ExchangeRoutes exchangeRoutes(ExchangeDesk desk, ExchangeSettings settings) {
        return new ExchangeRoutes(desk, settings);
    }

    @Bean
    ErpSender erpSender(CamelContext context) {
        return new RoutedSender(context.createProducerTemplate());
    }

    @Bean
    CommandRoutes commandRoutes() {
        return new CommandRoutes();
    }

    @Bean
    Commands commands(CamelContext context, PostOffice postOffice) {
        return new CommandDesk(context.createProducerTemplate(), postOffice);
    }

    // Marketplaces

    @Bean
    MarketRoutes marketRoutes(MarketCounter counter) {
        return new MarketRoutes(
                new Dealing(counter), new HeardBefore(counter), Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    @Bean
    MarketTraffic marketTraffic(CamelContext context) {
        return new MarketMotion(context.createProducerTemplate());
    }
}
