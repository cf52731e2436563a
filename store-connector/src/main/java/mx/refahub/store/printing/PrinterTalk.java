package mx.refahub.store.printing;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.label.LabelLayout;
import mx.refahub.store.wire.Wire;
import mx.refahub.store.wire.Wires;

/**
 * Speaks to a printer: asks how it is, hands over bytes, and waits for its word that they are on paper. A printer that never answers is taken at its
 * connection's word; whether it does is learnt, and forgotten after a while.
 */
public final class PrinterTalk {
    private static final Duration SILENT_FOR = Duration.ofMinutes(10);

    private final Wires wires;
    private final Printers printers;
    private final Duration patience;
    private final Duration printLimit;
    private final Map<String, Long> silent = new ConcurrentHashMap<>();

    /**
     * @param patience for one answer to a question
     * @param printLimit until a printer that is well has printed what it was given
     */
    public PrinterTalk(Wires wires, Printers printers, Duration patience, Duration printLimit) {
        this.wires = wires;
        this.printers = printers;
        this.patience = patience;
        this.printLimit = printLimit;
    }

    /** Why nothing was printed, for certain. */
    static final class NotPrinted extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient DeviceState state;

        NotPrinted(DeviceState state, String message, IOException cause) {
            super(message, cause);
            this.state = state;
        }

        NotPrinted(DeviceState state) {
            super(state.cause());
            this.state = state;
        }

        DeviceState state() {
            return state;
        }
    }

    /** What must be written down between the last question and the first byte. */
    @FunctionalInterface
    interface Started {
        byte[] bytes();
    }

    /** Asks, and tells the board. The caller holds the printer's line. */
    public DeviceState look(Device device) {
        DeviceState state;
        try (Wire wire = wires.open(device)) {
            silent.remove(device.id());
            state = ask(device, wire, answers(device, wire)).orElse(DeviceState.READY);
        } catch (IOException e) {
            state = DeviceState.away("unreachable");
        }
        printers.found(device, state);
        return state;
    }

    /**
     * Prints. The caller holds the printer's line.
     *
     * @param started called once, when the printer is there and well; gives the bytes
     * @throws NotPrinted if not one byte of it went out
     * @throws IOException if some may have
     */
    void print(Device device, Started started) throws IOException {
        try (Wire wire = open(device)) {
            PrinterAnswers answers = answers(device, wire);
            Optional<DeviceState> before;
            try {
                before = ask(device, wire, answers);
            } catch (IOException e) {
                throw failed(
                        device, new NotPrinted(DeviceState.away("unreachable"), String.valueOf(e.getMessage()), e));
            }
            if (before.isPresent() && !before.get().works()) throw failed(device, new NotPrinted(before.get()));
            byte[] bytes = started.bytes();
            try {
                wire.send(bytes);
                if (before.isPresent()) confirm(device, answers);
                wire.finish();
            } catch (IOException e) {
                printers.found(device, DeviceState.away("broke-off"));
                throw e;
            }
            printers.found(device, before.orElse(DeviceState.READY));
        }
    }

    /** Prints what a person asked for just now; it is not kept for later. The caller holds the printer's line. */
    public DeviceState printNow(Device device, byte[] bytes) {
        try {
            print(device, () -> bytes);
            return DeviceState.READY;
        } catch (NotPrinted e) {
            return e.state();
        } catch (IOException e) {
            return DeviceState.away("broke-off");
        }
    }

    public DeviceState test(Device device) {
        return printNow(
                device,
                device.kind() == DeviceKind.LABEL_PRINTER
                        ? LabelLayout.test(device)
                        : TestStrip.test(device.name(), device.printer()));
    }

    public DeviceState strip(Device device) {
        return printNow(device, TestStrip.pages(device.printer()));
    }

    /** A few bytes that are not worth a confirmation: the drawer's pulse. */
    public void pulse(Device device, boolean stopped) throws IOException {
        try (Wire wire = open(device)) {
            wire.send(stopped ? PaperWriter.pulseNow(device.printer()) : PaperWriter.pulse(device.printer()));
            wire.finish();
        }
    }

    private PrinterAnswers answers(Device device, Wire wire) {
        boolean zpl = device.kind() == DeviceKind.LABEL_PRINTER
                && device.text("language").equals("ZPL");
        return zpl ? new ZplAnswers(wire, patience) : new EscPosAnswers(wire, patience);
    }

    private Wire open(Device device) throws NotPrinted {
        try {
            return wires.open(device);
        } catch (IOException e) {
            throw failed(device, new NotPrinted(DeviceState.away("unreachable"), String.valueOf(e.getMessage()), e));
        }
    }

    private NotPrinted failed(Device device, NotPrinted failure) {
        printers.found(device, failure.state());
        return failure;
    }

    private Optional<DeviceState> ask(Device device, Wire wire, PrinterAnswers answers) throws IOException {
        Long until = silent.get(device.id());
        if (!wire.talksBack() || until != null && System.nanoTime() - until < 0) return Optional.empty();
        Optional<DeviceState> state = answers.state();
        if (state.isEmpty()) silent.put(device.id(), System.nanoTime() + SILENT_FOR.toNanos());
        return state;
    }

    /**
     * The answer comes after the last line is out. A printer that runs out of paper in the middle keeps the rest and goes on when a person has mended it:
     * as long as it says so, it is waited for, and nothing is printed twice.
     */
    private void confirm(Device device, PrinterAnswers answers) throws IOException {
        answers.askWhenPrinted();
        long end = System.nanoTime() + printLimit.toNanos();
        while (!answers.printed()) {
            if (Thread.currentThread().isInterrupted()) throw new IOException("ended while it was printed");
            DeviceState now = answers.state().orElse(null);
            if (now == null) throw new IOException("printer fell silent");
            if (!now.works()) {
                printers.found(device, now);
                end = System.nanoTime() + printLimit.toNanos();
            } else if (System.nanoTime() - end > 0) {
                // It is well and has taken everything: one that does not know this question.
                return;
            }
        }
    }
}
