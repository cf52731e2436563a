package mx.refahub.batch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import mx.refahub.batch.backup.Backup;
import mx.refahub.batch.backup.BackupSettings;
import mx.refahub.batch.catalogue.CatalogueImport;
import mx.refahub.batch.catalogue.CatalogueUndo;
import mx.refahub.batch.catalogue.Classification;
import mx.refahub.batch.catalogue.ViewRefresh;
import mx.refahub.batch.exchange.ErpExchange;
import mx.refahub.batch.exchange.ErpMastersJob;
import mx.refahub.batch.export.CatalogueExport;
import mx.refahub.batch.index.IndexBuild;
import mx.refahub.batch.index.IndexFollower;
import mx.refahub.batch.index.IndexStep;
import mx.refahub.batch.intake.MappingTable;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.market.MarketplaceExchange;
import mx.refahub.batch.part.PostgresPartDesk;
import mx.refahub.batch.partition.Sharing;
import mx.refahub.batch.partition.WorkSettings;
import mx.refahub.batch.price.PriceSync;
import mx.refahub.batch.rate.FetchRates;
import mx.refahub.batch.reconcile.ReconcileStores;
import mx.refahub.batch.reorder.ReorderAlerts;
import mx.refahub.batch.retention.HistoryPrune;
import mx.refahub.batch.retention.Retention;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.RunTransactions;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.batch.run.Workshop;
import mx.refahub.batch.stock.AbcClasses;
import mx.refahub.batch.stock.OpeningStock;
import mx.refahub.batch.stock.StockCheck;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.job.JobRules;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.SupplierMappings;
import mx.refahub.domain.part.PartDesk;
import mx.refahub.domain.search.PartIndex;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The door of this module: {@link mx.refahub.domain.job.Jobs}, from the hub's data source, index, clock and ids. Spring Batch's own beans stay inside, so that
 * its transaction manager and repository are nobody else's business.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BatchSettings.class, BackupSettings.class})
@Import(Reach.class)
public class BatchJobs {
    private final IndexStep.Builds builds = new IndexStep.Builds();

    @Bean
    SupplierMappings supplierMappings(DataSource dataSource) {
        List<RowFormat> formats = new ArrayList<>(CatalogueImport.FORMATS);
        formats.addAll(OpeningStock.FORMATS);
        formats.addAll(PriceSync.FORMATS);
        return new MappingTable(dataSource, new JdbcTransactionManager(dataSource), formats);
    }

    @Bean
    SpringBatchJobs jobs(
            DataSource dataSource,
            PartIndex index,
            Clock clock,
            IdSource ids,
            BatchSettings settings,
            BackupSettings backups,
            SupplierMappings mappings,
            Reach reach,
            WorkSettings work) {
        JdbcTransactionManager transactions = new RunTransactions(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(settings.folder()),
                clock,
                settings.chunk());
        Sharing sharing = new Sharing(workshop, reach.orders(), work, settings.owner());
        RejectedRows rejected = new RejectedRows(dataSource);
        List<JobDefinition> definitions = new ArrayList<>(List.of(
                CatalogueImport.definition(workshop, sharing, rejected, index, builds, mappings, settings.keepUndo()),
                CatalogueUndo.definition(workshop, index, builds),
                Classification.definition(workshop, index, builds, settings.keepUndo()),
                CatalogueExport.definition(workshop),
                ViewRefresh.definition(workshop),
                IndexBuild.definition(workshop, index, builds),
                OpeningStock.definition(workshop, rejected, mappings),
                OpeningStock.undo(workshop),
                StockCheck.definition(workshop),
                AbcClasses.definition(workshop),
                PriceSync.definition(workshop, rejected, mappings),
                PriceSync.undo(workshop),
                ReorderAlerts.definition(workshop)));
        definitions.add(Backup.definition(workshop, backups));
        definitions.add(Backup.verify(workshop, backups));
        definitions.add(HistoryPrune.definition(workshop));
        definitions.add(Retention.definition(workshop));
        definitions.addAll(outward(workshop, reach));
        return new SpringBatchJobs(
                workshop,
                definitions,
                rejected,
                CatalogueUndo.undoing(workshop),
                ids,
                reach.telling(),
                reach.trail().orElse(RuleTrail.NONE),
                new SpringBatchJobs.Policy(
                        settings.owner(), settings.keepFailed(), settings.stopWait(), settings.lease()));
    }

    /** Those that speak to other systems, as far as these are there. */
    private static List<JobDefinition> outward(Workshop workshop, Reach reach) {
        List<JobDefinition> jobs = new ArrayList<>();
        reach.erp().ifPresent(doors -> {
            jobs.add(ErpExchange.definition(
                    workshop,
                    doors,
                    reach.deliveries()
                            .flatMap(kept -> reach.sender().map(sends -> new ErpExchange.Spoken(kept, sends)))));
            if (!doors.gateways().isEmpty())
                reach.masters().ifPresent(told -> jobs.add(ErpMastersJob.definition(workshop, doors, told)));
        });
        reach.rates().ifPresent(rates -> jobs.add(FetchRates.definition(workshop, rates)));
        reach.reconcileOrders().ifPresent(orders -> jobs.add(ReconcileStores.definition(workshop, orders)));
        reach.markets()
                .ifPresent(due -> reach.traffic()
                        .ifPresent(brings -> jobs.add(MarketplaceExchange.definition(workshop, due, brings))));
        return jobs;
    }

    @Bean
    JobRules jobRules(SpringBatchJobs jobs) {
        return jobs.rules();
    }

    @Bean
    IndexFollower indexFollower(DataSource dataSource, PartIndex index, Clock clock) {
        return new IndexFollower(dataSource, index, builds, clock);
    }

    @Bean
    PartDesk partDesk(DataSource dataSource, IndexFollower follower, Clock clock, IdSource ids) {
        return new PostgresPartDesk(dataSource, follower::wake, clock, ids);
    }
}
