package mx.refahub.hub.accounting;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import mx.refahub.adapters.layout.LayoutFiles;
import mx.refahub.adapters.odoo.OdooGateway;
import mx.refahub.adapters.odoo.OdooSimulator;
import mx.refahub.adapters.sap.SapGateway;
import mx.refahub.adapters.sap.SapSimulator;
import mx.refahub.adapters.sat.SatFiles;
import mx.refahub.adapters.sheet.ReportFile;
import mx.refahub.adapters.sheet.SheetFiles;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.ErpCustomers;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpImports;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportWays;
import mx.refahub.domain.erp.Reports;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.outside.Connections;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccountingSettings.class)
public class Accounting {
    @Bean
    AccountMap accountMap(DataSource dataSource, PlatformTransactionManager transactions, AuditTrail audit) {
        return new PostgresAccountMap(dataSource, transactions, audit);
    }

    @Bean
    Reports reports(DataSource dataSource, AccountingSettings settings) {
        return new PostgresReports(dataSource, new ReportFile(settings.zone()));
    }

    @Bean
    ErpDoors erpDoors(ExportBooks books, AccountingSettings settings, ObjectProvider<ErpGateway> gateways) {
        return new ErpDoors(
                books,
                List.of(
                        new SheetFiles(settings.zone()),
                        LayoutFiles.contpaqi(settings.layouts()),
                        LayoutFiles.aspel(settings.layouts()),
                        new SatFiles()),
                gateways.stream()
                        .sorted(Comparator.comparing(ErpGateway::target))
                        .toList(),
                settings.zone());
    }

    @Bean(destroyMethod = "close")
    SapGateway sapGateway(Connections connections) {
        return new SapGateway(connections);
    }

    @Bean(destroyMethod = "")
    SapSimulator sapSimulator() {
        return new SapSimulator();
    }

    @Bean
    PostgresErpMasters erpMasters(JdbcClient jdbc, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
        return new PostgresErpMasters(jdbc, transaction, audit, clock);
    }

    @Bean
    ErpCustomers erpCustomers(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Publications publications,
            AuditTrail audit,
            IdSource ids,
            Clock clock) {
        return new PostgresErpCustomers(jdbc, transaction, publications, audit, ids, clock);
    }

    @Bean
    ErpImports erpImports(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            ObjectProvider<Jobs> jobs,
            Connections connections,
            AuditTrail audit,
            Clock clock) {
        return new PostgresErpImports(dataSource, transactions, jobs::getObject, connections, audit, clock);
    }

    @Bean
    ExportWays exportWays(JdbcClient jdbc, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
        return new PostgresExportWays(jdbc, transaction, audit, clock);
    }

    @Bean
    PostgresErpDeliveries erpDeliveries(
            JdbcClient jdbc, PlatformTransactionManager transactions, AuditTrail audit, IdSource ids, Clock clock) {
        return new PostgresErpDeliveries(jdbc, transactions, audit, ids, clock);
    }

    @Bean
    ExportBooks exportBooks(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        return new PostgresExportBooks(dataSource, transactions, clock);
    }

    @Bean(destroyMethod = "close")
    OdooGateway odooGateway(Connections connections) {
        return new OdooGateway(connections);
    }

    @Bean(destroyMethod = "")
    OdooSimulator odooSimulator() {
        return new OdooSimulator();
    }
}
