package mx.refahub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.backup.Backup;
import mx.refahub.store.backup.Backups;
import mx.refahub.store.backup.Verification;
import mx.refahub.store.command.Answer;
import mx.refahub.store.command.CommandAnswers;
import mx.refahub.store.command.SupportBundle;
import mx.refahub.store.device.DeviceDesk;
import org.springframework.beans.factory.ObjectProvider;

/** Looks at what a running connector has, and changes nothing. */
final class Inspection {
    private final Path data;
    private final Backups backups;
    private final ObjectProvider<DeviceDesk> devices;
    private final Clock clock;

    Inspection(Path data, Backups backups, ObjectProvider<DeviceDesk> devices, Clock clock) {
        this.data = data;
        this.backups = backups;
        this.devices = devices;
        this.clock = clock;
    }

    /** As the connector sees them now; nothing is printed and no drawer opens. */
    Answer hardware() {
        List<String> lines = new ArrayList<>();
        boolean all = true;
        for (var watched : devices.getObject().all()) {
            DeviceState state = watched.state();
            all &= state.works();
            lines.add(HardwareCommand.line(watched.device(), state, ""));
        }
        if (lines.isEmpty()) lines.add("no hay dispositivos");
        return new Answer(all ? Answer.DONE : Answer.NOT_RIGHT, lines);
    }

    Answer verify() {
        List<String> lines = new ArrayList<>();
        boolean right = true;
        for (Verification.Finding finding : Verification.of(data)) {
            right &= finding.right();
            lines.add((finding.right() ? "bien  " : "MAL   ") + finding.text());
        }
        return new Answer(right ? Answer.DONE : Answer.NOT_RIGHT, lines);
    }

    Answer backups() {
        List<String> lines = new ArrayList<>();
        boolean all = true;
        for (Backup backup : backups.list()) {
            Optional<String> flaw = backup.flaw();
            all &= flaw.isEmpty();
            lines.add(backup + flaw.map(text -> "  NO SIRVE: " + text).orElse("  íntegro"));
        }
        if (lines.isEmpty()) lines.add("no hay respaldos");
        return new Answer(all ? Answer.DONE : Answer.NOT_RIGHT, lines);
    }

    CommandAnswers.Done bundle(Answer status) {
        Path file = data.resolve("support-bundle.zip");
        try {
            new SupportBundle(data, backups).write(file, status, clock.instant());
            byte[] bytes = Files.readAllBytes(file);
            return new CommandAnswers.Done(
                    Answer.done("paquete de soporte, " + bytes.length / 1024 + " KiB"),
                    Base64.getEncoder().encodeToString(bytes));
        } catch (IOException e) {
            return CommandAnswers.Done.of(Answer.failed("no se pudo armar el paquete: " + e.getMessage()));
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The next one takes its place.
            }
        }
    }
}
