package mx.refahub.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.MachineClock;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.purchase.OpenOrders;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.store.Precautions;
import mx.refahub.store.backup.Backups;
import mx.refahub.store.backup.StartCheck;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchCores;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.cash.SqliteCashDesk;
import mx.refahub.store.cash.SqliteCashSessions;
import mx.refahub.store.cash.SqliteDayPapers;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.catalogue.SqlitePartCatalogue;
import mx.refahub.store.command.CommandAnswers;
import mx.refahub.store.credit.SpentElsewhere;
import mx.refahub.store.credit.SqliteCredits;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.customer.CustomerRows;
import mx.refahub.store.customer.SqliteAccounts;
import mx.refahub.store.customer.SqliteCustomers;
import mx.refahub.store.customer.TicketBuyers;
import mx.refahub.store.device.DeviceDesk;
import mx.refahub.store.device.FirstPrinter;
import mx.refahub.store.hublink.Heartbeats;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.PricePulls;
import mx.refahub.store.hublink.StreamPulls;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.KeyFile;
import mx.refahub.store.invoice.SqliteInvoiceDesk;
import mx.refahub.store.lender.SqliteLenderDesk;
import mx.refahub.store.lostsale.SqliteLostSales;
import mx.refahub.store.market.SqliteMarketOrders;
import mx.refahub.store.note.SqliteHandOvers;
import mx.refahub.store.note.SqliteNotes;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.people.PersonLimits;
import mx.refahub.store.people.SqlitePinAccess;
import mx.refahub.store.price.Buyers;
import mx.refahub.store.price.SqlitePriceBook;
import mx.refahub.store.price.SqliteShelfLabels;
import mx.refahub.store.price.TicketPrices;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.printing.Spool;
import mx.refahub.store.promise.PromiseLedger;
import mx.refahub.store.promise.SqlitePromises;
import mx.refahub.store.proposal.CounterCatalogue;
import mx.refahub.store.proposal.CounterSearch;
import mx.refahub.store.proposal.SqliteCounterParts;
import mx.refahub.store.purchase.SqliteCoresGiven;
import mx.refahub.store.purchase.SqliteOpenOrders;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.reference.PartTracking;
import mx.refahub.store.reference.StreamTables;
import mx.refahub.store.relay.RelaySupervisor;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sale.SqliteCoreBank;
import mx.refahub.store.sale.SqliteReturnPolicies;
import mx.refahub.store.sale.SqliteReturns;
import mx.refahub.store.sale.SqliteSaleHistory;
import mx.refahub.store.sale.SqliteTicketShelf;
import mx.refahub.store.sale.SqliteTicketTerms;
import mx.refahub.store.sale.SqliteTill;
import mx.refahub.store.sale.Tickets;
import mx.refahub.store.sale.TicketsOrdered;
import mx.refahub.store.sale.TicketsPromised;
import mx.refahub.store.sale.TillTenders;
import mx.refahub.store.setup.Registrar;
import mx.refahub.store.setup.TakeOver;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.station.SqliteStations;
import mx.refahub.store.status.StatusBoard;
import mx.refahub.store.stock.SqliteStockCounts;
import mx.refahub.store.stock.SqliteStockDesk;
import mx.refahub.store.stock.SqliteStockLeases;
import mx.refahub.store.terminal.SqliteCardDesk;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

/** The parts of the connector, from the files upwards. Behind the ports that the POS asks for stand the classes of the sub-packages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
@Import({EngineRoom.class, Peripherals.class, SelfCare.class, StoreImages.class})
class StoreConnector {
    /** For wires and files. The web's own mapper is the framework's and may be set up otherwise. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Bean
    Clock clock() {
        return MachineClock.utc();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    IdSource ids(Clock clock, SecureRandom random) {
        return new Uuid7(clock, random);
    }

    // --- files

    @Bean
    SqliteFile sales(DataFolder folder, Backups backups) {
        folder.tighten();
        StartCheck.sales(folder.path(), backups);
        StartCheck.replaceable(folder.path());
        return SqliteFile.open(folder.path().resolve("sales.db"), "db/store/sales");
    }

    @Bean
    @DependsOn("sales")
    SqliteFile reference(DataFolder folder) {
        return SqliteFile.open(folder.path().resolve("reference.db"), "db/store/reference");
    }

    // --- who and where

    @Bean
    Identities identities(SqliteFile sales, DataFolder folder, SecureRandom random) {
        KeyFile keys;
        try {
            keys = KeyFile.open(folder.path().resolve("keys").resolve("secret.key"), random);
        } catch (IllegalStateException e) {
            throw new StartRefused(String.valueOf(e.getMessage()));
        }
        return new Identities(sales, keys);
    }

    @Bean
    AppliedStreams streams(SqliteFile reference) {
        return new AppliedStreams(reference);
    }

    @Bean
    StreamTables streamTables(SqliteFile reference, AppliedStreams streams, Clock clock) {
        return new StreamTables(reference, streams, JSON, clock);
    }

    @Bean
    BranchSettings branches(SqliteFile reference, AppliedStreams streams, Identities identities) {
        return new BranchSettings(reference, streams, identities, JSON);
    }

    // --- the counter

    @Bean
    OutboxWriter outboxWriter(Clock clock, IdSource ids) {
        return new OutboxWriter(clock, ids, JSON);
    }

    @Bean
    Acknowledged acknowledged(SqliteFile sales, Identities identities, Clock clock) {
        return new Acknowledged(sales, identities, clock);
    }

    @Bean
    SqlitePartCatalogue catalogue(
            SqliteFile reference,
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            AppliedStreams streams,
            Clock clock) {
        return new SqlitePartCatalogue(reference, sales, identities, branches, streams, JSON, clock);
    }

    @Bean
    SqliteCounterParts counterParts(
            SqliteFile sales,
            SqliteFile reference,
            SqlitePartCatalogue catalogue,
            Identities identities,
            OutboxWriter outbox,
            AppliedStreams streams,
            StreamTables tables,
            Clock clock,
            IdSource ids) {
        SqliteCounterParts parts =
                new SqliteCounterParts(sales, reference, catalogue, identities, outbox, streams, clock, ids);
        parts.keepAnswers(tables, JSON);
        return parts;
    }

    /** What the counter sells of: the hub's catalogue and its own parts. */
    @Bean
    @Primary
    CounterCatalogue counterCatalogue(
            SqlitePartCatalogue catalogue, SqliteCounterParts parts, BranchSettings branches) {
        return new CounterCatalogue(catalogue, catalogue, parts, branches);
    }

    @Bean
    @Primary
    CounterSearch counterSearch(@Qualifier("partSearch") PartSearch index, SqliteCounterParts parts) {
        return new CounterSearch(index, parts);
    }

    @Bean
    SqliteLostSales lostSales(
            SqliteFile sales, Identities identities, CounterCatalogue catalogue, OutboxWriter outbox) {
        return new SqliteLostSales(sales, identities, catalogue, outbox);
    }

    @Bean
    SqlitePinAccess pinAccess(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            OutboxWriter outbox,
            Clock clock,
            SecureRandom random) {
        return new SqlitePinAccess(sales, reference, identities, outbox, clock, random);
    }

    @Bean
    SqliteCashDesk cashDesk(SqliteFile sales, Identities identities, OutboxWriter outbox, CashDrawer opener) {
        return new SqliteCashDesk(sales, identities, outbox, opener);
    }

    @Bean
    SqliteCashSessions cashSessions(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            OutboxWriter outbox,
            PrintQueue prints,
            CashDrawer opener,
            StoreSettings settings,
            Clock clock,
            Spool spool) {
        return new SqliteCashSessions(
                sales,
                identities,
                branches,
                outbox,
                prints,
                opener,
                JSON,
                settings.cash().limits(),
                clock,
                spool::wake);
    }

    @Bean
    SqliteDayPapers dayPapers(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            OutboxWriter outbox,
            PrintQueue prints,
            Clock clock,
            Spool spool,
            ObjectProvider<Precautions> precautions) {
        return new SqliteDayPapers(
                sales,
                identities,
                branches,
                outbox,
                prints,
                clock,
                spool::wake,
                () -> precautions.stream().allMatch(asked -> asked.refusal().isEmpty()));
    }

    @Bean
    SqliteStockDesk stockDesk(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            SqlitePartCatalogue catalogue,
            OutboxWriter outbox,
            PrintQueue prints,
            SecureRandom random,
            Clock clock,
            Spool spool) {
        return new SqliteStockDesk(
                sales,
                reference,
                identities,
                branches,
                catalogue.openings(),
                outbox,
                prints,
                JSON,
                random,
                clock,
                spool::wake);
    }

    @Bean
    SqliteStockLeases stockLeases(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            SqliteStockDesk desk,
            SqlitePartCatalogue catalogue,
            AppliedStreams streams,
            OutboxWriter outbox,
            Clock clock,
            ObjectProvider<Precautions> precautions) {
        return new SqliteStockLeases(
                sales,
                reference,
                identities,
                desk,
                catalogue.openings(),
                streams,
                outbox,
                JSON,
                clock,
                () -> precautions.stream().allMatch(asked -> asked.refusal().isEmpty()));
    }

    @Bean
    SqliteMarketOrders marketOrders(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            CounterCatalogue catalogue,
            SqliteStockLeases stockLeases,
            Tickets tickets,
            SqliteTill till,
            OutboxWriter outbox,
            IdSource ids,
            Clock clock) {
        return new SqliteMarketOrders(
                sales,
                reference,
                identities,
                branches,
                catalogue,
                stockLeases,
                new TicketsOrdered(tickets, clock),
                till,
                outbox,
                JSON,
                ids);
    }

    @Bean
    SqliteShelfLabels shelfLabels(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            CounterCatalogue catalogue,
            PrintQueue prints,
            Clock clock) {
        return new SqliteShelfLabels(sales, reference, identities, branches, catalogue, prints, clock);
    }

    @Bean
    SqliteCoresGiven coresGiven(SqliteFile sales, Identities identities, OutboxWriter outbox) {
        return new SqliteCoresGiven(sales, identities, outbox, JSON);
    }

    @Bean
    OpenOrders openOrders(SqliteFile sales, SqliteFile reference) {
        return new SqliteOpenOrders(sales, reference, JSON);
    }

    @Bean
    SqliteStockCounts stockCounts(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            SqlitePartCatalogue catalogue,
            OutboxWriter outbox,
            IdSource ids,
            Clock clock) {
        return new SqliteStockCounts(
                sales, reference, identities, catalogue.openings(), catalogue, outbox, JSON, ids, clock);
    }

    @Bean
    CustomerRows customerRows(SqliteFile reference) {
        return new CustomerRows(reference, JSON);
    }

    @Bean
    AccountLedger accountLedger(CustomerRows customers, Identities identities, AppliedStreams streams) {
        return new AccountLedger(customers, identities, streams, JSON);
    }

    @Bean
    SqliteCustomers customers(
            SqliteFile sales,
            Identities identities,
            CustomerRows rows,
            OutboxWriter outbox,
            AppliedStreams streams,
            Clock clock) {
        return new SqliteCustomers(sales, identities, rows, outbox, streams, clock);
    }

    @Bean
    SqliteAccounts accounts(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            AccountLedger ledger,
            OutboxWriter outbox,
            PrintQueue prints,
            IdSource ids,
            Clock clock,
            Spool spool) {
        return new SqliteAccounts(sales, identities, branches, ledger, outbox, prints, ids, clock, spool::wake);
    }

    @Bean
    SqlitePromises promises(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            Tickets tickets,
            TicketPrices ticketPrices,
            CounterCatalogue catalogue,
            SqlitePartCatalogue parts,
            AppliedStreams streams,
            CustomerRows customers,
            OutboxWriter outbox,
            PrintQueue prints,
            StoreSettings settings,
            IdSource ids,
            Clock clock,
            Spool spool) {
        return new SqlitePromises(
                sales,
                identities,
                branches,
                new PromiseLedger(JSON),
                new TicketsPromised(tickets, ticketPrices, catalogue, parts.openings(), streams, clock),
                customers,
                outbox,
                prints,
                settings.promises(),
                new TillTenders(settings.tenders(), SpentElsewhere.in(reference), PartTracking.in(reference)),
                ids,
                clock,
                spool::wake);
    }

    @Bean
    SaleRows saleRows(IdSource ids) {
        return new SaleRows(JSON, ids);
    }

    @Bean
    Tickets tickets(StoreSettings settings, IdSource ids, BranchSettings branches) {
        return new Tickets(
                new PartJson(JSON),
                JSON,
                ids,
                () -> branches.current().map(Branch::cores).orElse(BranchCores.PLAIN),
                settings.notes().separate(),
                settings.notes().life());
    }

    @Bean
    SqliteNotes notes(
            SqliteFile sales,
            BranchSettings branches,
            Tickets tickets,
            StoreSettings settings,
            PrintQueue prints,
            Clock clock,
            Spool spool) {
        return new SqliteNotes(sales, branches, tickets, settings.notes(), prints, clock, spool::wake);
    }

    @Bean
    SqliteStations stations(SqliteFile sales, SqliteTicketShelf shelf, IdSource ids, Clock clock, SecureRandom random) {
        return new SqliteStations(sales, shelf, ids, clock, random);
    }

    @Bean
    SqliteHandOvers handOvers(
            SqliteFile sales, Identities identities, SaleRows saleRows, SqliteReturns returns, OutboxWriter outbox) {
        return new SqliteHandOvers(sales, identities, saleRows, returns, outbox);
    }

    /** Nobody is known by name yet: the public's prices. */
    @Bean
    Buyers buyers(CustomerRows customers) {
        return new TicketBuyers(customers);
    }

    @Bean
    TicketPrices ticketPrices(SqliteFile reference, Identities identities, Buyers buyers, Clock clock) {
        return new TicketPrices(new SqlitePriceBook(reference, JSON), identities, new PartJson(JSON), buyers, clock);
    }

    @Bean
    SqliteTicketShelf ticketShelf(SqliteFile sales, BranchSettings branches, Tickets tickets, Clock clock) {
        return new SqliteTicketShelf(sales, branches, tickets, clock);
    }

    @Bean
    SqliteReturns returns(
            SqliteFile sales,
            BranchSettings branches,
            SaleRows saleRows,
            Tickets tickets,
            TicketPrices prices,
            CounterCatalogue catalogue,
            SqliteReturnPolicies policies,
            AccountLedger accounts,
            StoreSettings settings,
            IdSource ids,
            Clock clock) {
        return new SqliteReturns(
                sales,
                branches,
                saleRows,
                tickets,
                prices,
                catalogue,
                policies,
                accounts,
                settings.returns(),
                ids,
                clock);
    }

    @Bean
    SqliteReturnPolicies returnPolicies(SqliteFile reference, CounterCatalogue catalogue) {
        return new SqliteReturnPolicies(reference, catalogue, JSON);
    }

    @Bean
    SqliteSaleHistory saleHistory(SqliteFile sales, SqliteReturns returns, SaleRows saleRows) {
        return new SqliteSaleHistory(sales, returns, saleRows, JSON);
    }

    @Bean
    SqliteInvoiceDesk invoiceDesk(
            SqliteFile sales, Identities identities, BranchSettings branches, SaleRows saleRows, OutboxWriter outbox) {
        return new SqliteInvoiceDesk(sales, identities, branches, saleRows, outbox);
    }

    @Bean
    SqliteTill till(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            CounterCatalogue catalogue,
            SqlitePartCatalogue parts,
            AppliedStreams streams,
            OutboxWriter outbox,
            SaleRows saleRows,
            AccountLedger accounts,
            Tickets tickets,
            TicketPrices ticketPrices,
            StoreSettings settings,
            IdSource ids,
            Clock clock,
            SecureRandom random,
            Spool spool) {
        return new SqliteTill(
                sales,
                identities,
                branches,
                catalogue,
                parts.openings(),
                tickets,
                ticketPrices,
                streams,
                outbox,
                saleRows,
                accounts,
                new PersonLimits(reference, settings.discount().limits()),
                settings.misc().limits(),
                ids,
                clock,
                random,
                spool::wake,
                new TillTenders(settings.tenders(), SpentElsewhere.in(reference), PartTracking.in(reference)));
    }

    @Bean(destroyMethod = "close")
    SqliteCardDesk cardDesk(SqliteFile sales, SqliteTill till, StoreSettings settings, Clock clock) {
        return SqliteCardDesk.of(settings.terminal(), sales, till, clock);
    }

    @Bean
    SqliteLenderDesk lenderDesk(SqliteFile sales, SqliteTill till, Identities identities, HubHttp hub, Clock clock) {
        return SqliteLenderDesk.of(sales, till, identities, hub, clock);
    }

    @Bean
    SqliteCredits credits(SqliteFile sales, SqliteFile reference, BranchSettings branches) {
        return new SqliteCredits(sales, branches, SpentElsewhere.in(reference));
    }

    @Bean
    SqliteTicketTerms ticketTerms(SqliteFile sales, BranchSettings branches, Tickets tickets, SaleRows saleRows) {
        return new SqliteTicketTerms(sales, branches, tickets, saleRows);
    }

    @Bean
    SqliteCoreBank coreBank(
            SqliteFile sales, BranchSettings branches, SaleRows saleRows, AccountLedger accounts, Clock clock) {
        return new SqliteCoreBank(sales, branches, saleRows, accounts, clock);
    }

    // --- paper: see Peripherals

    // --- the hub

    @Bean
    StatusBoard status(
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            AppliedStreams streams,
            Acknowledged acknowledged) {
        String built = StoreConnector.class.getPackage().getImplementationVersion();
        return new StatusBoard(sales, identities, branches, streams, acknowledged, built == null ? "dev" : built);
    }

    @Bean
    HubHttp hubHttp(StoreSettings settings, Clock clock) {
        return new HubHttp(settings.hub(), JSON, clock);
    }

    @Bean
    StreamPulls pulls(
            HubHttp hub,
            Identities identities,
            AppliedStreams streams,
            StreamTables tables,
            IndexReplica index,
            DataFolder folder,
            SecureRandom random) {
        return new StreamPulls(
                hub, identities, streams, tables, index, JSON, folder.path().resolve("incoming"), random);
    }

    @Bean
    PricePulls priceSync(StreamPulls pulls, AppliedStreams streams) {
        return new PricePulls(pulls, streams);
    }

    @Bean
    Heartbeats heartbeats(
            HubHttp hub,
            Identities identities,
            StatusBoard status,
            StreamPulls pulls,
            StoreSettings settings,
            Clock clock,
            DataFolder folder) {
        return new Heartbeats(hub, identities, status, pulls, settings.hub(), clock, folder.path());
    }

    @Bean
    Registrar registrar(
            HubHttp hub,
            Identities identities,
            Clock clock,
            SecureRandom random,
            FirstPrinter firstPrinter,
            ObjectProvider<TakeOver> takeOver) {
        return new Registrar(hub, identities, clock, random, firstPrinter, takeOver::getObject);
    }

    @Bean
    RelaySupervisor relay(
            StoreSettings settings,
            DataFolder folder,
            Acknowledged acknowledged,
            StatusBoard status,
            StreamPulls pulls,
            Heartbeats heartbeats,
            StoreOrders orders,
            CommandAnswers answers) {
        List<String> heap = List.of("-Xmx" + settings.relay().heap().toMegabytes() + "m");
        return new RelaySupervisor(
                folder.path(),
                RelaySupervisor.ChildCommand.ofThisProgram(
                        StoreConnectorApplication.class, heap, StoreConnectorApplication.RELAY),
                new RelayHearing(acknowledged, status, pulls, heartbeats, orders, answers::carryOut),
                JSON);
    }

    @Bean
    Running running(
            Registrar registrar,
            Identities identities,
            OutboxWriter outbox,
            StatusBoard status,
            Spool spool,
            DeviceDesk devices,
            RelaySupervisor relay,
            Heartbeats heartbeats,
            StreamPulls pulls) {
        return new Running(registrar, identities, outbox, status, spool, devices, relay, heartbeats, pulls);
    }
}
