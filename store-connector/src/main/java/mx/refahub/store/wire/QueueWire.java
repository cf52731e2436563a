package mx.refahub.store.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import javax.print.DocFlavor;
import javax.print.PrintException;
import javax.print.PrintService;
import javax.print.PrintServiceLookup;
import javax.print.SimpleDoc;

/** A queue of the operating system, raw. It keeps what it was given on disk itself, so handed over is as good as printed. */
final class QueueWire implements Wire {
    private final PrintService service;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private QueueWire(PrintService service) {
        this.service = service;
    }

    static QueueWire open(String name) throws IOException {
        PrintService service = Arrays.stream(PrintServiceLookup.lookupPrintServices(null, null))
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no print queue " + name));
        return new QueueWire(service);
    }

    @Override
    public void send(byte[] more) {
        bytes.writeBytes(more);
    }

    @Override
    public int receive(byte[] into, Duration limit) {
        return SILENCE;
    }

    @Override
    public void finish() throws IOException {
        if (bytes.size() == 0) return;
        try {
            service.createPrintJob()
                    .print(new SimpleDoc(bytes.toByteArray(), DocFlavor.BYTE_ARRAY.AUTOSENSE, null), null);
            bytes.reset();
        } catch (PrintException e) {
            throw new IOException("print queue refuses: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean talksBack() {
        return false;
    }

    @Override
    public void close() {}
}
