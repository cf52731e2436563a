package mx.refahub.batch.exchange;

import java.util.List;
import java.util.Locale;
import mx.refahub.domain.erp.Master;

/** What the steps of erp-masters did, in a sentence each. */
final class MasterWords {
    private static final int MOST_NAMED = 5;

    private MasterWords() {}

    static String told(Master.Kind kind, long told, long refused) {
        if (told == 0 && refused == 0) return named(kind) + ": nada nuevo que decirle al sistema.";
        String sent = String.format(Locale.ROOT, "%s: el sistema recibió %,d", named(kind), told);
        return refused == 0 ? sent + "." : sent + String.format(Locale.ROOT, " y rechazó %,d.", refused);
    }

    /**
     * @param stores open branches that the system's warehouse is not known of
     * @param all whether that is every branch
     */
    static String withoutWarehouse(List<String> stores, boolean all) {
        String names = stores.size() <= MOST_NAMED
                ? String.join(", ", stores)
                : String.join(", ", stores.subList(0, MOST_NAMED))
                        + String.format(Locale.ROOT, " y %,d más", stores.size() - MOST_NAMED);
        return (all ? "Existencias: no se dijo ninguna. F" : "F") + "alta el código del almacén de " + names
                + "; escríbelo en Contabilidad, Cuentas, Sus códigos, y corre otra vez.";
    }

    static String withoutPriceList() {
        return "Precios: no se dijo ninguno. Falta el código de la lista de precios; escríbelo en Contabilidad, Cuentas, Sus códigos, y corre otra vez.";
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
