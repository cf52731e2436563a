package mx.refahub.batch.exchange;

import java.util.Locale;
import mx.refahub.domain.erp.Master;

/** What the steps of erp-masters did, in a sentence each. */
final class MasterWords {
    private MasterWords() {}

    static String told(Master.Kind kind, long told, long refused) {
        if (told == 0 && refused == 0) return named(kind) + ": nada nuevo que decirle al sistema.";
        String sent = String.format(Locale.ROOT, "%s: el sistema recibió %,d", named(kind), told);
        return refused == 0 ? sent + "." : sent + String.format(Locale.ROOT, " y rechazó %,d.", refused);
    }

    static String heard(Master.Kind kind, long heard) {
        return heard == 0
                ? named(kind) + " del sistema: ningún cambio."
                : String.format(Locale.ROOT, "%s del sistema: se leyeron %,d.", named(kind), heard);
    }

    static String listed(int refused, String file) {
        return String.format(
                Locale.ROOT,
                "Rechazados que siguen sin entrar: %,d; cada uno con su motivo en %s. Corrígelos y corre otra vez con «Otra vez también lo rechazado».",
                refused,
                file);
    }

    static String named(Master.Kind kind) {
        return switch (kind) {
            case PARTS -> "Partes";
            case STOCK -> "Existencias";
            case PRICES -> "Precios";
            case CUSTOMERS -> "Clientes";
        };
    }
}
