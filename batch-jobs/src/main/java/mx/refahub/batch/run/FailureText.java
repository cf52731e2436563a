package mx.refahub.batch.run;

import mx.refahub.batch.csv.FileRefused;

/** The sentence in an exit message: that of a refused file as it is, anything else as an error to report. */
final class FailureText {
    private FailureText() {}

    static String of(String exitMessage) {
        String marker = FileRefused.class.getName() + ": ";
        int at = exitMessage.indexOf(marker);
        if (at >= 0) return firstLine(exitMessage.substring(at + marker.length()));
        if (exitMessage.isBlank()) return "El trabajo se interrumpió; se puede reanudar.";
        return "El trabajo falló por un error del sistema; se puede reanudar. Detalle: " + firstLine(exitMessage);
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
