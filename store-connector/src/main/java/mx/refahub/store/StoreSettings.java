package mx.refahub.store;

import java.math.BigDecimal;
import java.nio.file.Path;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.DiscountLimits;
import mx.refahub.domain.sale.MiscLimits;
import mx.refahub.store.cash.CashSettings;
import mx.refahub.store.device.PeripheralSettings;
import mx.refahub.store.drawer.DrawerSettings;
import mx.refahub.store.hublink.HubSettings;
import mx.refahub.store.note.NoteSettings;
import mx.refahub.store.printing.PrinterSettings;
import mx.refahub.store.promise.PromiseSettings;
import mx.refahub.store.sale.ReturnSettings;
import mx.refahub.store.sale.TenderSettings;
import mx.refahub.store.terminal.TerminalSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code refahub.store.*}. A key that is not one of them stops the start.
 *
 * @param dataDir databases, keys and the relay's journal; one connector per folder
 */
@ConfigurationProperties(prefix = "refahub.store", ignoreUnknownFields = false)
public record StoreSettings(
        @DefaultValue("./data/store") Path dataDir,
        @DefaultValue HubSettings hub,
        @DefaultValue PrinterSettings printer,
        @DefaultValue DrawerSettings drawer,
        @DefaultValue PeripheralSettings peripherals,
        @DefaultValue RelaySettings relay,
        @DefaultValue DiscountSettings discount,
        @DefaultValue MiscSettings misc,
        @DefaultValue CashSettings cash,
        @DefaultValue TenderSettings tenders,
        @DefaultValue TerminalSettings terminal,
        @DefaultValue PromiseSettings promises,
        @DefaultValue ReturnSettings returns,
        @DefaultValue NoteSettings notes) {

    /**
     * How much may be let off without asking a supervisor, in percent.
     *
     * @param cashier 0 to 100
     * @param manager 0 to 100, not below the cashier's
     */
    public record DiscountSettings(
            @DefaultValue("5") BigDecimal cashier,
            @DefaultValue("25") BigDecimal manager) {
        public DiscountSettings {
            if (cashier.signum() < 0
                    || manager.compareTo(cashier) < 0
                    || manager.compareTo(BigDecimal.valueOf(100)) > 0)
                throw new IllegalArgumentException("refahub.store.discount is " + cashier + " % for cashiers and "
                        + manager + " % for managers: 0 to 100, the manager's not below the cashier's");
        }

        DiscountLimits limits() {
            return DiscountLimits.byRole(cashier, manager);
        }
    }

    /**
     * What a piece of an item outside the catalogue may cost without asking a supervisor, in pesos.
     *
     * @param manager not below the cashier's
     */
    public record MiscSettings(
            @DefaultValue("1000.00") BigDecimal cashier,
            @DefaultValue("10000.00") BigDecimal manager) {
        public MiscSettings {
            if (cashier.signum() < 0 || manager.compareTo(cashier) < 0)
                throw new IllegalArgumentException("refahub.store.misc is " + cashier + " for cashiers and " + manager
                        + " for managers: not below zero, the manager's not below the cashier's");
        }

        MiscLimits limits() {
            return MiscLimits.byRole(Money.rounded(cashier, Money.MXN), Money.rounded(manager, Money.MXN));
        }
    }

    /** @param heap largest heap of the child process */
    public record RelaySettings(@DefaultValue("256MB") DataSize heap) {
        public RelaySettings {
            if (heap.toMegabytes() < 64)
                throw new IllegalArgumentException("refahub.store.relay.heap is " + heap + ", less than 64MB");
        }
    }
}
