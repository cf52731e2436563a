package mx.refahub.hub.purchase;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes suppliers' invoices in from a folder: what was taken goes to {@code taken}, what was not to {@code refused}, with the reason in a text file beside it. A file
 * that was taken and not moved is taken again, which changes nothing.
 */
final class InvoiceFolder implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(InvoiceFolder.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    /** Somebody may still be writing it. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final int AT_ONCE = 500;
    private static final Person FOLDER = new Person(new UserId(new UUID(0, 0)), "invoice folder", Role.ADMIN);

    private final Path folder;
    private final SupplierInvoices invoices;
    private final Clock clock;
    private @Nullable ScheduledExecutorService sweeping;

    InvoiceFolder(Path folder, SupplierInvoices invoices, Clock clock) {
        this.folder = folder;
        this.invoices = invoices;
        this.clock = clock;
    }

    /** @return how many files went one way or the other */
    int sweep() throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{xml,XML}")) {
            for (Path file : found) {
                if (files.size() == AT_ONCE) break;
                if (Files.isRegularFile(file)
                        && Files.getLastModifiedTime(file)
                                .toInstant()
                                .isBefore(clock.instant().minus(SETTLED))) files.add(file);
            }
        }
        for (Path file : files)
            try {
                take(file);
            } catch (IOException | RuntimeException e) {
                LOG.error("supplier invoice not taken, the next ones are file={}", file.getFileName(), e);
            }
        return files.size();
    }

    private void take(Path file) throws IOException {
        Outcome<SupplierInvoices.Intake> outcome = Files.size(file) > SupplierInvoices.LARGEST
                ? Outcome.refused("invoice-too-large")
                : invoices.take(Files.readAllBytes(file), FOLDER);
        if (outcome instanceof Outcome.Refused<SupplierInvoices.Intake>(Refusal refusal)) {
            Path there = move(file, "refused");
            Files.writeString(
                    there.resolveSibling(there.getFileName() + ".txt"), sentence(refusal) + System.lineSeparator());
            LOG.warn("supplier invoice refused file={} reason={}", there.getFileName(), refusal.code());
        } else move(file, "taken");
    }

    /** For whoever opens the folder, in the words of the console. */
    private static String sentence(Refusal refusal) {
        String named = String.join(", ", refusal.arguments());
        return switch (refusal.code()) {
            case "invoice-unreadable" -> "No es un CFDI 4.0 que se pueda leer. Pide el XML de nuevo al proveedor.";
            case "invoice-not-stamped" -> "La factura no está timbrada. Pide la timbrada al proveedor.";
            case "invoice-kind" ->
                "Solo se toman facturas y notas de crédito en pesos o dólares (esta es " + named + ").";
            case "invoice-not-ours" -> "La factura es para el RFC " + named + ", que no es el de la empresa.";
            case "invoice-too-large" -> "El archivo es demasiado grande para ser una factura.";
            default -> refusal.code() + " " + named;
        };
    }

    private Path move(Path file, String name) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name)).resolve(file.getFileName());
        return Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private void sweepQuietly() {
        try {
            sweep();
        } catch (IOException | RuntimeException e) {
            LOG.error("invoice folder not read folder={}", folder, e);
        }
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("invoice-folder").daemon().factory());
        // What goes wrong is logged by each sweep; none of them ends the next.
        var unused = executor.scheduleWithFixedDelay(
                this::sweepQuietly, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
        sweeping = executor;
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService executor = sweeping;
        if (executor != null) executor.shutdown();
        sweeping = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return sweeping != null;
    }
}
