package mx.refahub.hub.purchase;

import java.time.Clock;
import mx.refahub.adapters.supplier.InvoiceReader;
import mx.refahub.adapters.supplier.OrderWriter;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.Telling;
import mx.refahub.domain.purchase.OrderMail;
import mx.refahub.domain.purchase.OrderPapers;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.purchase.ReorderBoard;
import mx.refahub.domain.purchase.SupplierCores;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.purchase.Suppliers;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Purchases {
    @Bean
    Suppliers suppliers(SupplierTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        return new PostgresSuppliers(table, audit, clock, transaction);
    }

    @Bean
    PurchaseOrders purchaseOrders(
            OrderTable table,
            SupplierTable suppliers,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresPurchaseOrders(table, suppliers, publications, audit, clock, transaction);
    }

    @Bean
    OrderReceipts orderReceipts(OrderTable table, SupplierCoreBook cores, Telling telling, Publications publications) {
        return new OrderReceipts(table, cores, telling, publications);
    }

    @Bean
    SupplierCoreBook supplierCoreBook(SupplierCoreTable table) {
        return new SupplierCoreBook(table);
    }

    @Bean
    SupplierCores supplierCores(
            SupplierCoreTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        return new PostgresSupplierCores(table, audit, clock, transaction);
    }

    @Bean
    ReorderBoard reorderBoard(ReorderTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        return new PostgresReorderBoard(table, audit, clock, transaction);
    }

    @Bean
    OrderPapers orderPapers(SupplierInvoiceTable table) {
        return new OrderWriter(() -> {
            SupplierInvoiceTable.Company company = table.company();
            return new OrderPapers.Buyer(company.name(), company.rfc());
        });
    }

    @Bean
    OrderMail orderMail(
            PurchaseOrders orders,
            OrderPapers papers,
            MailDesk mail,
            AuditTrail audit,
            TransactionTemplate transaction) {
        return new MailedOrders(orders, papers, mail, audit, transaction);
    }

    @Bean
    SupplierInvoices supplierInvoices(
            SupplierInvoiceTable table,
            SupplierTable suppliers,
            OrderTable orders,
            PurchaseOrders purchases,
            Publications publications,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction) {
        return new PostgresSupplierInvoices(
                table,
                suppliers,
                orders,
                purchases,
                publications,
                new InvoiceReader()::read,
                audit,
                ids,
                clock,
                transaction);
    }

    @Bean
    InvoiceFolder invoiceFolder(HubSettings settings, SupplierInvoices invoices, Clock clock) {
        return new InvoiceFolder(settings.data().resolve("invoices"), invoices, clock);
    }
}
