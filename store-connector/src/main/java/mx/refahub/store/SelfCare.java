package mx.refahub.store;

import java.io.IOException;
import java.net.URL;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.store.backup.BackupSchedule;
import mx.refahub.store.backup.Backups;
import mx.refahub.store.backup.RestoredStore;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.cash.SqliteDayPapers;
import mx.refahub.store.clock.ClockWatch;
import mx.refahub.store.command.CommandAnswers;
import mx.refahub.store.command.Desk;
import mx.refahub.store.device.DeviceDesk;
import mx.refahub.store.disk.DiskWatch;
import mx.refahub.store.disk.LogFile;
import mx.refahub.store.hublink.Heartbeats;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.hublink.StreamPulls;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Standing;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.outbox.Pruning;
import mx.refahub.store.reconcile.ReconcileSchedule;
import mx.refahub.store.reconcile.Reconciled;
import mx.refahub.store.reconcile.Reconciliation;
import mx.refahub.store.relay.RelaySupervisor;
import mx.refahub.store.setup.CounterCourier;
import mx.refahub.store.setup.SecretRenewal;
import mx.refahub.store.setup.TakeOver;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.status.StatusBoard;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** How the store looks after itself: backups, disk, clock, the desk of the command line. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SelfCareSettings.class)
class SelfCare {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Bean
    Backups backups(DataFolder folder, SelfCareSettings settings, Clock clock) {
        return new Backups(folder.path(), settings.backup(), clock, version());
    }

    @Bean
    BackupSchedule backupSchedule(
            Backups backups, SelfCareSettings settings, Clock clock, ObjectProvider<Caretaker> caretaker) {
        return new BackupSchedule(backups, settings.backup(), clock, () -> caretaker.ifAvailable(Caretaker::look));
    }

    @Bean
    DiskWatch diskWatch(DataFolder folder, SelfCareSettings settings) {
        return new DiskWatch(folder.path(), settings.disk(), DiskWatch.Room.beside(folder.path()));
    }

    @Bean(destroyMethod = "close")
    LogFile logFile(DataFolder folder, DiskWatch disk) {
        LogFile log = new LogFile(folder.path());
        log.open();
        disk.whenShort(log);
        return log;
    }

    @Bean
    ClockWatch clockWatch(SqliteFile sales, Clock clock, SelfCareSettings settings, BranchSettings branches) {
        return new ClockWatch(sales, clock, System::nanoTime, settings.clock(), built(), branches::zone);
    }

    @Bean
    RestoredStore restoredStore(SqliteFile sales, Clock clock) {
        return new RestoredStore(sales, clock);
    }

    @Bean(destroyMethod = "close")
    Caretaker caretaker(
            DiskWatch disk,
            ClockWatch clockWatch,
            RestoredStore restored,
            Standing standing,
            BackupSchedule backups,
            SqliteFile sales,
            Clock clock,
            StatusBoard board,
            ObjectProvider<DeviceDesk> devices,
            SelfCareSettings settings) {
        Pruning pruning = new Pruning(sales, clock, settings.outbox().retention());
        return new Caretaker(
                disk,
                clockWatch,
                restored,
                standing,
                backups,
                pruning,
                board,
                () -> devices.getObject().all().stream()
                        .filter(watched -> !watched.state().works())
                        .count(),
                settings.disk().look());
    }

    @Bean
    StoreOrders storeOrders(
            StatusBoard board,
            StreamPulls pulls,
            Heartbeats heartbeats,
            ObjectProvider<RelaySupervisor> relay,
            BackupSchedule backups,
            Reconciliation reconciliation,
            DataFolder folder,
            Backups kept,
            ObjectProvider<DeviceDesk> devices,
            Clock clock) {
        return new StoreOrders(
                board,
                pulls,
                heartbeats,
                relay,
                backups,
                reconciliation,
                new Inspection(folder.path(), kept, devices, clock));
    }

    @Bean
    Standing standing(SqliteFile sales, Clock clock) {
        return new Standing(sales, clock);
    }

    @Bean
    TakeOver takeOver(
            SqliteFile sales,
            Identities identities,
            HubHttp hub,
            IdSource ids,
            DataFolder folder,
            Clock clock,
            Standing standing,
            RestoredStore restored,
            StatusBoard board,
            BackupSchedule backups) {
        return new TakeOver(sales, identities, hub, JSON, ids, folder.path(), clock, () -> {
            standing.clear();
            restored.mended();
            board.mended();
            // A backup from before would be of a life that is over.
            backups.ask();
        });
    }

    @Bean
    CounterCourier counterCourier(SqliteFile sales, Identities identities, HubHttp hub) {
        return new CounterCourier(sales, identities, hub, JSON);
    }

    @Bean
    SecretRenewal secretRenewal(SqliteFile sales, Identities identities, HubHttp hub, BackupSchedule backups) {
        return new SecretRenewal(sales, identities, hub, backups::ask);
    }

    @Bean(destroyMethod = "close")
    CommandAnswers commandAnswers(Identities identities, HubHttp hub) {
        return new CommandAnswers(identities, hub);
    }

    @Bean
    Reconciled reconciled(SqliteFile sales) {
        return new Reconciled(sales);
    }

    @Bean
    Reconciliation reconciliation(
            SqliteFile sales,
            Identities identities,
            Acknowledged acknowledged,
            Reconciled reconciled,
            HubHttp hub,
            BranchSettings branches,
            Clock clock) {
        return new Reconciliation(sales, identities, acknowledged, reconciled, hub, branches::zone, clock);
    }

    @Bean(destroyMethod = "close")
    ReconcileSchedule reconcileSchedule(
            Reconciliation reconciliation, Reconciled reconciled, BranchSettings branches, Clock clock) {
        return new ReconcileSchedule(reconciliation, reconciled, branches::zone, clock);
    }

    /** The desk opens when the store does, and closes before its parts. */
    @Bean
    SmartLifecycle careRunning(
            Caretaker caretaker,
            BackupSchedule backups,
            ClockWatch clock,
            RestoredStore restored,
            Standing standing,
            TakeOver takeOver,
            CounterCourier counter,
            SecretRenewal renewal,
            StatusBoard board,
            Heartbeats heartbeats,
            Identities identities,
            DataFolder folder,
            StoreOrders orders,
            ReconcileSchedule reconciling,
            SqliteDayPapers papers,
            LogFile log) {
        return new SmartLifecycle() {
            private volatile boolean running;
            private final Desk desk = new Desk(folder.path(), orders::carryOut);

            @Override
            public void start() {
                running = true;
                heartbeats.onAnswer(new Heartbeats.Listener() {
                    @Override
                    public void answered(Heartbeat.Answer answer, long offset) {
                        String said = answer.standing();
                        if ("granted".equals(said)) takeOver.soon();
                        else standing.said(said, board.outboxLast(), answer.landed());
                        if ("store-replaced".equals(said)) takeOver.again();
                        if (said == null) {
                            restored.hubHas(answer.landed());
                            takeOver.tell();
                            counter.run();
                            if (Boolean.TRUE.equals(answer.renew())) renewal.run();
                        }
                        board.newerThanHub(Objects.requireNonNullElse(answer.newer(), 0L));
                        clock.hubSaid(offset);
                        caretaker.look();
                        if (said == null) papers.tellOld();
                    }

                    @Override
                    public void replaced() {
                        standing.said("store-replaced", board.outboxLast(), 0);
                        takeOver.again();
                        caretaker.look();
                    }
                });
                caretaker.start();
                reconciling.start();
                identities.whenRegistered(identity -> {
                    if (backups.newest().isEmpty()) backups.ask();
                });
                desk.open();
            }

            @Override
            public void stop() {
                running = false;
                desk.close();
                reconciling.close();
                caretaker.close();
                log.close();
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }

    static String version() {
        String built = StoreConnector.class.getPackage().getImplementationVersion();
        return built == null ? "dev" : built;
    }

    /** When this program was made, by the date of its own class: no honest clock is before it. */
    static Instant built() {
        URL own = StoreConnector.class.getResource("StoreConnector.class");
        if (own == null) return Instant.EPOCH;
        try {
            return Instant.ofEpochMilli(own.openConnection().getLastModified());
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }
}
