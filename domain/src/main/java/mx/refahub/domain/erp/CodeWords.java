package mx.refahub.domain.erp;

import java.util.Locale;

/** What an accountant calls the things that a target has names of its own for. */
public final class CodeWords {
    private CodeWords() {}

    /** @param ours of a tender its kind; else as people see it, or empty */
    public static String of(String kind, String ours) {
        return switch (kind) {
            case "CUSTOMER" -> "el cliente de mostrador";
            case "CORE_ITEM" -> "el artículo para cascos";
            case "VOUCHER_ITEM" -> "el artículo para vales de regalo";
            case "MISC_ITEM" -> "el artículo para ventas varias";
            case "PRICE_LIST" -> "la lista de precios";
            case "WAREHOUSE" -> "el almacén de " + ours;
            case "TAX" -> "el impuesto de " + rate(ours);
            case "PURCHASE_TAX" -> "el IVA de compras de " + rate(ours);
            case "SUPPLIER" -> "el proveedor " + ours;
            case "TENDER" -> "la forma de pago " + tender(ours);
            default -> (kind + " " + ours).strip();
        };
    }

    private static String rate(String ours) {
        return switch (ours) {
            case "NONE" -> "lo que no es objeto de impuesto";
            case "EXEMPT" -> "lo exento";
            default -> ours;
        };
    }

    private static String tender(String kind) {
        return AccountWords.kind(kind).toLowerCase(Locale.ROOT);
    }
}
