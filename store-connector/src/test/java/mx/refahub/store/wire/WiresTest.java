package mx.refahub.store.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.print.Doc;
import javax.print.DocFlavor;
import javax.print.DocPrintJob;
import javax.print.PrintException;
import javax.print.PrintService;
import javax.print.PrintServiceLookup;
import javax.print.ServiceUIFactory;
import javax.print.attribute.Attribute;
import javax.print.attribute.AttributeSet;
import javax.print.attribute.HashPrintServiceAttributeSet;
import javax.print.attribute.PrintRequestAttributeSet;
import javax.print.attribute.PrintServiceAttribute;
import javax.print.attribute.PrintServiceAttributeSet;
import javax.print.event.PrintServiceAttributeListener;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceFieldWrong;
import mx.refahub.domain.device.DeviceKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same bytes over every plug, and what is said when the plug is not there. */
class WiresTest {
    private static final byte[] PAGE = "hola\n".getBytes(StandardCharsets.US_ASCII);
    private final Wires wires = new Wires(
            device -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    @AfterEach
    void close() {
        wires.close();
    }

    private static Device printer(String link, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("link", link));
        for (int i = 0; i < settings.length; i += 2) all.put(settings[i], settings[i + 1]);
        return new Device("p", DeviceKind.RECEIPT_PRINTER, "P", all);
    }

    @Test
    void a_network_printer_gets_every_byte_and_may_answer() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Wire wire = wires.open(
                        printer("NETWORK", "host", "127.0.0.1", "port", String.valueOf(server.getLocalPort())));
                var socket = server.accept();
                InputStream in = socket.getInputStream()) {
            wire.send(PAGE);
            assertThat(in.readNBytes(PAGE.length)).isEqualTo(PAGE);
            byte[] answer = new byte[4];
            assertThat(wire.receive(answer, Duration.ofMillis(20))).isEqualTo(Wire.SILENCE);
            socket.getOutputStream().write(0x12);
            assertThat(wire.receive(answer, Duration.ofSeconds(2))).isEqualTo(1);
            assertThat(answer[0]).isEqualTo((byte) 0x12);
            socket.shutdownOutput();
            assertThat(wire.receive(answer, Duration.ofSeconds(2))).isEqualTo(Wire.ENDED);
        }
    }

    @Test
    void a_serial_port_carries_both_ways_and_tells_when_it_is_unplugged() throws IOException {
        try (Pty cable = Pty.open();
                Wire wire = wires.open(printer("SERIAL", "serial-port", cable.port(), "baud", "115200"))) {
            wire.send(PAGE);
            wire.finish();
            assertThat(cable.hear(64)).isEqualTo(PAGE);
            byte[] answer = new byte[8];
            cable.say(new byte[] {0x12, 0x16});
            assertThat(wire.receive(answer, Duration.ofSeconds(2))).isPositive();
            assertThat(answer[0]).isEqualTo((byte) 0x12);
            cable.unplug();
            int heard = Wire.SILENCE;
            for (int i = 0; i < 40 && heard != Wire.ENDED; i++) heard = wire.receive(answer, Duration.ofMillis(50));
            assertThat(heard).isEqualTo(Wire.ENDED);
            assertThatThrownBy(() -> wire.send(PAGE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_device_node_is_written_as_a_file_and_is_never_made_one() throws IOException {
        try (Pty cable = Pty.open();
                Wire wire = wires.open(printer("NODE", "node", cable.port()))) {
            wire.send("x".getBytes(StandardCharsets.US_ASCII));
            wire.finish();
            assertThat(cable.hear(8)).isEqualTo("x".getBytes(StandardCharsets.US_ASCII));
            assertThat(wire.talksBack()).isFalse();
        }
        assertThatThrownBy(() -> wires.open(printer("NODE", "node", "/dev/no-such-printer")))
                .isInstanceOf(IOException.class);
        for (String outside : List.of("/etc/passwd", "/dev/../etc/passwd", "relative", "/dev/a b"))
            assertThatThrownBy(() -> printer("NODE", "node", outside))
                    .as(outside)
                    .isInstanceOf(DeviceFieldWrong.class);
    }

    @Test
    void a_print_queue_gets_the_whole_document_raw_and_once() throws IOException {
        Queue queue = new Queue("Prueba cruda");
        assertThat(PrintServiceLookup.registerService(queue)).isTrue();

        try (Wire wire = wires.open(printer("QUEUE", "queue", "Prueba cruda"))) {
            wire.send(PAGE);
            wire.send(PAGE);
            assertThat(queue.jobs).isEmpty();
            wire.finish();
        }

        assertThat(queue.jobs)
                .singleElement()
                .satisfies(job ->
                        assertThat(new String(job, StandardCharsets.US_ASCII)).isEqualTo("hola\nhola\n"));
        assertThatThrownBy(() -> wires.open(printer("QUEUE", "queue", "no-hay")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-hay");
    }

    @Test
    void what_is_not_there_fails_before_a_byte_goes_out() {
        assertThatThrownBy(() -> wires.open(printer("SERIAL", "serial-port", "/dev/no-such-port")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> wires.open(printer("NETWORK", "host", "127.0.0.1", "port", "1")))
                .isInstanceOf(IOException.class);
    }

    /** A queue of the system by hand. */
    private static final class Queue implements PrintService {
        private final String name;
        final List<byte[]> jobs = new ArrayList<>();

        Queue(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public DocPrintJob createPrintJob() {
            return new Job();
        }

        private final class Job implements DocPrintJob {
            @Override
            public PrintService getPrintService() {
                return Queue.this;
            }

            @Override
            public javax.print.attribute.PrintJobAttributeSet getAttributes() {
                return new javax.print.attribute.HashPrintJobAttributeSet();
            }

            @Override
            public void addPrintJobListener(javax.print.event.PrintJobListener listener) {}

            @Override
            public void removePrintJobListener(javax.print.event.PrintJobListener listener) {}

            @Override
            public void addPrintJobAttributeListener(
                    javax.print.event.PrintJobAttributeListener listener,
                    javax.print.attribute.PrintJobAttributeSet attributes) {}

            @Override
            public void removePrintJobAttributeListener(javax.print.event.PrintJobAttributeListener listener) {}

            @Override
            public void print(Doc doc, PrintRequestAttributeSet attributes) throws PrintException {
                try {
                    jobs.add((byte[]) doc.getPrintData());
                } catch (IOException e) {
                    throw new PrintException(e);
                }
            }
        }

        @Override
        public void addPrintServiceAttributeListener(PrintServiceAttributeListener listener) {}

        @Override
        public void removePrintServiceAttributeListener(PrintServiceAttributeListener listener) {}

        @Override
        public PrintServiceAttributeSet getAttributes() {
            return new HashPrintServiceAttributeSet();
        }

        @Override
        public <T extends PrintServiceAttribute> T getAttribute(Class<T> category) {
            return null;
        }

        @Override
        public DocFlavor[] getSupportedDocFlavors() {
            return new DocFlavor[] {DocFlavor.BYTE_ARRAY.AUTOSENSE};
        }

        @Override
        public boolean isDocFlavorSupported(DocFlavor flavor) {
            return true;
        }

        @Override
        public Class<?>[] getSupportedAttributeCategories() {
            return new Class<?>[0];
        }

        @Override
        public boolean isAttributeCategorySupported(Class<? extends Attribute> category) {
            return false;
        }

        @Override
        public Object getDefaultAttributeValue(Class<? extends Attribute> category) {
            return null;
        }

        @Override
        public Object getSupportedAttributeValues(
                Class<? extends Attribute> category, DocFlavor flavor, AttributeSet attributes) {
            return null;
        }

        @Override
        public boolean isAttributeValueSupported(Attribute value, DocFlavor flavor, AttributeSet attributes) {
            return false;
        }

        @Override
        public AttributeSet getUnsupportedAttributes(DocFlavor flavor, AttributeSet attributes) {
            return null;
        }

        @Override
        public ServiceUIFactory getServiceUIFactory() {
            return null;
        }
    }
}
