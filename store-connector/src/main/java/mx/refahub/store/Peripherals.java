package mx.refahub.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.sale.ReturnPolicies;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.device.DeviceBook;
import mx.refahub.store.device.DeviceDesk;
import mx.refahub.store.device.FirstPrinter;
import mx.refahub.store.device.Simulators;
import mx.refahub.store.display.CustomerScreens;
import mx.refahub.store.drawer.PrinterDrawer;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.printing.PaperTray;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.printing.PrinterTalk;
import mx.refahub.store.printing.ReceiptLook;
import mx.refahub.store.printing.Spool;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sale.TicketProofs;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.status.StatusBoard;
import mx.refahub.store.wire.Wires;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What stands on the counter, from the wires upwards. */
@Configuration(proxyBeanMethods = false)
class Peripherals {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Bean
    PaperTray paper(IdSource ids, Clock clock) {
        return new PaperTray(ids, clock);
    }

    @Bean
    Simulators simulators(PaperTray paper) {
        return new Simulators(paper);
    }

    @Bean
    Wires wires(Simulators simulators, StoreSettings settings) {
        return new Wires(
                simulators::address,
                settings.printer().connectTimeout(),
                settings.printer().writeTimeout());
    }

    @Bean
    DeviceBook deviceBook(SqliteFile sales, StoreSettings settings, Clock clock) {
        List<Device> file = new ArrayList<>();
        file.add(settings.printer().device());
        file.addAll(settings.peripherals().list());
        return new DeviceBook(sales, file, JSON, clock);
    }

    @Bean
    PrinterTalk printerTalk(Wires wires, DeviceBook book, StoreSettings settings) {
        return new PrinterTalk(
                wires,
                book,
                settings.peripherals().answerTimeout(),
                settings.printer().writeTimeout());
    }

    @Bean
    FirstPrinter firstPrinter(DeviceBook book, PrinterTalk talk) {
        return new FirstPrinter(book, talk);
    }

    @Bean
    PrinterDrawer cashDrawer(
            SqliteFile sales, DeviceBook book, PrinterTalk talk, StoreSettings settings, IdSource ids, Clock clock) {
        return new PrinterDrawer(sales, book, talk, settings.drawer(), ids, clock);
    }

    @Bean
    Spool spool(
            SqliteFile sales,
            BranchSettings branches,
            Identities identities,
            SaleRows saleRows,
            StoreSettings settings,
            DeviceBook book,
            PrinterTalk talk,
            PrinterDrawer drawer,
            StatusBoard status,
            ReturnPolicies policies,
            IdSource ids,
            Clock clock) {
        Spool spool = new Spool(
                sales,
                branches,
                (UUID id) -> sales.read(session -> saleRows.stored(session, id)).map(SaleRows.Stored::sale),
                sale -> TicketProofs.signed(sale, identities.current()),
                book,
                talk,
                drawer,
                new ReceiptLook(settings.peripherals().logo(), policies::of),
                JSON,
                status,
                ids,
                clock);
        // A printer that works again may have something to print.
        book.watch(watched -> {
            if (watched.device().kind().prints() && watched.state().works()) spool.wake();
        });
        return spool;
    }

    @Bean
    PrintQueue printQueue(SqliteFile sales, DeviceBook book, IdSource ids, Clock clock, ObjectProvider<Spool> spool) {
        PrintQueue queue = new PrintQueue(
                sales, JSON, book, ids, clock, () -> spool.getObject().wake());
        queue.forgetOld();
        return queue;
    }

    @Bean
    MeterBinder deviceMeters(Spool spool, DeviceDesk devices) {
        return registry -> {
            Gauge.builder("refahub.store.print.waiting", spool, Spool::waiting)
                    .description("receipts, pages and labels that are not printed yet")
                    .register(registry);
            Gauge.builder(
                            "refahub.store.devices.failing",
                            devices,
                            desk -> desk.all().stream()
                                    .filter(watched -> !watched.state().works())
                                    .count())
                    .description("devices that do not work")
                    .register(registry);
        };
    }

    @Bean
    CustomerScreens customerScreens() {
        return new CustomerScreens();
    }

    @Bean
    DeviceDesk devices(
            DeviceBook book,
            Wires wires,
            PrinterTalk talk,
            PrinterDrawer drawer,
            CustomerScreens screens,
            Simulators simulators,
            BranchSettings branches,
            SqliteFile sales,
            StoreSettings settings,
            IdSource ids) {
        return new DeviceDesk(
                book,
                wires,
                talk,
                drawer,
                screens,
                simulators,
                () -> branches.current().map(Branch::name).orElse("RefaHub"),
                () -> sales.read(session -> session.all("""
                        select id
                        from register
                        order by prefix
                        """, row -> new RegisterId(row.id("id")))),
                ids,
                settings.peripherals().lookEvery());
    }
}
