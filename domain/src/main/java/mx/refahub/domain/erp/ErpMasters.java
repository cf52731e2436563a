package mx.refahub.domain.erp;

import java.util.List;
import java.util.Set;

/** What an ERP was told of parts, stock and prices. */
public interface ErpMasters {
    /**
     * What the target was not told, or was told otherwise, by key; a part that it was never told and that is not sold any more is left out, as are stock of
     * branches and prices without the ERP's code.
     *
     * @param after key of the last that was handled; empty: from the first
     */
    List<Master> due(ErpTarget target, Master.Kind kind, String after, int most);

    /** How many {@link #due} would give in all. */
    long left(ErpTarget target, Master.Kind kind);

    /** Writes down what became of them; one that was not reached stays due, one that was refused is due again when it changes. */
    void told(ErpTarget target, Master.Kind kind, List<? extends Master> masters, List<Delivery> outcomes);

    /** What the target calls the warehouses of our branches. */
    Set<String> places(ErpTarget target);

    /** How far was read what changes at the ERP; empty: nothing was. */
    String cursor(ErpTarget target, Master.Kind kind);

    /**
     * Writes down a page of what changed at the ERP, and how far that goes, together. Customers are kept as proposals ({@link ErpCustomers}),
     * the rest for imports ({@link ErpImports}).
     */
    void heard(ErpTarget target, Master.Kind kind, ErpGateway.Changes page);

    /** What it was told last and did not take, by kind and code; {@code reason} is the ERP's. */
    List<Refused> refused(ErpTarget target, int most);

    record Refused(Master.Kind kind, String code, String reason) {}

    /** Makes due again what was refused. */
    void forgetRefused(ErpTarget target);
}
