package mx.refahub.domain.erp;

import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;

/** Master data as they go out to an ERP or come in from it. */
public sealed interface Master {
    enum Kind {
        PARTS,
        STOCK,
        PRICES,
        CUSTOMERS
    }

    /** What tells it from others of its kind, in the ERP's codes. */
    String code();

    /** What tells it from all others of its kind that go to one ERP. */
    default String key() {
        return code();
    }

    /** @param code the ERP's item code: line code, dash, part number @param barcode may be empty */
    record Part(String code, String description, String barcode, String satUnit, boolean sold) implements Master {}

    /** @param code of the part @param warehouse the ERP's code */
    record Stock(String code, String warehouse, Quantity quantity) implements Master {
        @Override
        public String key() {
            return code + "@" + warehouse;
        }
    }

    /** @param code of the part @param list the ERP's price list @param price before tax */
    record Price(String code, String list, Money price) implements Master {}

    /** @param code the ERP's @param rfc may be empty, as the rest */
    record Customer(String code, String name, String rfc, String phone, String email, String postalCode)
            implements Master {}
}
