package mx.refahub.store.device;

import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceFieldWrong;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.store.StoreSetup.NetworkPrinter;
import mx.refahub.store.printing.PrinterSettings;
import mx.refahub.store.printing.PrinterTalk;

/** The receipt printer that is named in the first run, before there is anybody who could sign in. */
public final class FirstPrinter {
    /** Who set it up, where a person's id would stand. */
    private static final String FIRST_RUN = "first-run";

    private final DeviceBook book;
    private final PrinterTalk talk;

    public FirstPrinter(DeviceBook book, PrinterTalk talk) {
        this.book = book;
        this.talk = talk;
    }

    /** Empty if that cannot be a printer's address. */
    public Optional<Device> device(NetworkPrinter printer) {
        try {
            return Optional.of(new Device(
                    PrinterSettings.ID,
                    DeviceKind.RECEIPT_PRINTER,
                    "Impresora de tickets",
                    Map.of("link", "NETWORK", "host", printer.host(), "port", Integer.toString(printer.port()))));
        } catch (DeviceFieldWrong e) {
            return Optional.empty();
        }
    }

    /** Prints the test strip. */
    public DeviceState test(Device printer) {
        return talk.test(printer);
    }

    /** It takes the place of the one in the settings file. */
    public void keep(Device printer) {
        book.save(printer, FIRST_RUN);
    }
}
