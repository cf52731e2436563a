package mx.refahub.domain.device;

public enum DeviceKind {
    RECEIPT_PRINTER,
    LABEL_PRINTER,
    CUSTOMER_DISPLAY,
    SCANNER,
    SCALE;

    public boolean prints() {
        return this == RECEIPT_PRINTER || this == LABEL_PRINTER;
    }
}
