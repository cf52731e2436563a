package mx.refahub.domain.erp;

import java.util.List;
import java.util.stream.Stream;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.sale.MiscItem;

/**
 * What a part gets that an ERP tells of and that is not here: ERPs have no keys of the tax authority for it.
 *
 * @param satCode c_ClaveProdServ, 8 digits @param satUnit c_ClaveUnidad
 */
public record NewPart(String satCode, String satUnit) {
    /** SAT's general key, and the piece. */
    public static final NewPart GENERAL = new NewPart(MiscItem.ANY_PRODUCT, MiscItem.PIECE);

    private static final String CODE = "satCode";
    private static final String UNIT = "satUnit";

    /** What a connection of an ERP asks for, and after that what parts get. */
    public static List<Field> fieldsAfter(Field... own) {
        return Stream.concat(
                        Stream.of(own),
                        Stream.of(
                                Field.shaped(CODE, GENERAL.satCode(), "[0-9]{8}"),
                                Field.shaped(UNIT, GENERAL.satUnit(), "[A-Z0-9]{1,3}")))
                .toList();
    }

    /** As a person wants it of this connection, whose kind has been made by {@link #fieldsAfter}. */
    public static NewPart of(Connection connection) {
        return new NewPart(connection.text(CODE), connection.text(UNIT));
    }
}
