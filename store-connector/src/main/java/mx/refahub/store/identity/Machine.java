package mx.refahub.store.identity;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import mx.refahub.domain.document.Sha256;

/**
 * What tells this machine and folder from any other: a hash, so that it says nothing about them. The operating system's own id where there is one, else the network cards'. A copy of the
 * folder elsewhere has another; a restart, an update and a restored backup have the same.
 */
public final class Machine {
    private static final List<Path> SYSTEM_IDS =
            List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));

    private Machine() {}

    /** 32 hexadecimal digits. */
    public static String fingerprint(Path folder) {
        String text = system() + "|" + real(folder);
        return Sha256.digest(text.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 32);
    }

    private static String real(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize().toString();
        }
    }

    private static String system() {
        for (Path path : SYSTEM_IDS) {
            try {
                String id = Files.readString(path).strip();
                if (!id.isEmpty()) return id;
            } catch (IOException e) {
                // Not on this system.
                continue;
            }
        }
        TreeSet<String> cards = new TreeSet<>();
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] address = card.isLoopback() || card.isVirtual() ? null : card.getHardwareAddress();
                if (address != null) cards.add(HexFormat.of().formatHex(address));
            }
        } catch (IOException e) {
            return "";
        }
        // The first alone: others come and go with docks and virtual networks.
        return cards.isEmpty() ? "" : cards.getFirst();
    }
}
