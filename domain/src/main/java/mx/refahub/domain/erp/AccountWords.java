package mx.refahub.domain.erp;

/** What a Mexican accountant calls roles and kinds, in files and entries that leave the hub; the console has words of its own in each language. */
public final class AccountWords {
    private AccountWords() {}

    /** @param kind of a tender or a tax rate; one that is not known keeps its name */
    public static String kind(String kind) {
        return switch (kind) {
            case "CASH" -> "Efectivo";
            case "CREDIT_CARD" -> "Tarjeta de crédito";
            case "DEBIT_CARD" -> "Tarjeta de débito";
            case "TRANSFER" -> "Transferencia";
            case "CHEQUE" -> "Cheque";
            case "ON_ACCOUNT" -> "Crédito de la tienda";
            case "CASH_USD" -> "Dólares en efectivo";
            case "ROUNDING" -> "Redondeo";
            case "STORE_CREDIT" -> "Vale de devolución";
            case "DEPOSIT" -> "Anticipo";
            case "GIFT_VOUCHER" -> "Vale de regalo";
            case "MARKETPLACE" -> "Venta en línea";
            case "BNPL" -> "Paga después";
            case "EXEMPT" -> "Exento";
            case "NONE" -> "No objeto de impuesto";
            default -> kind;
        };
    }

    public static String role(AccountRole role) {
        return switch (role) {
            case SALES -> "Ventas";
            case RETURNS -> "Devoluciones";
            case DISCOUNTS -> "Descuentos";
            case TAX -> "IVA trasladado";
            case CORES -> "Depósitos de cascos";
            case VOUCHERS -> "Vales de regalo vendidos";
            case TENDER -> "Cobrado";
            case DEPOSITS -> "Anticipos de clientes";
            case PENALTIES -> "Penalizaciones de apartados";
            case CASH_FUND -> "Fondo de caja";
            case CASH_IN -> "Entradas de caja";
            case CASH_OUT -> "Salidas de caja";
            case CASH_DROPS -> "Retiros de caja";
            case CASH_COUNTED -> "Efectivo del corte";
            case CASH_DIFFERENCE -> "Sobrantes y faltantes de caja";
            case PURCHASES -> "Compras";
            case TAX_PAID -> "IVA acreditable";
            case TAX_WITHHELD -> "Impuestos retenidos a proveedores";
            case SUPPLIERS -> "Proveedores";
            case DIFFERENCE -> "Diferencias por aclarar";
        };
    }
}
