package mx.refahub.adapters.odoo;

/** What a person is told of a no: Odoo's own words where it has some for people. */
final class OdooSentences {
    static final String SHUT =
            "Odoo no acepta la llave, el usuario o la base de datos; no se le pregunta más hasta que la conexión se cambie o se"
                    + " pruebe con éxito en Conexiones.";

    private OdooSentences() {}

    static String of(OdooRefused refused) {
        String said = refused.reason();
        return switch (refused.kind()) {
            case KEY -> "Odoo no acepta la llave, el usuario o la base de datos. Revisa la conexión.";
            case ACCESS -> "El usuario de la conexión no tiene permiso en Odoo." + (said.isEmpty() ? "" : " " + said);
            case VALIDATION, DUPLICATE -> said.isEmpty() ? "Odoo lo rechazó sin decir por qué." : said;
            case MISSING -> said.isEmpty() ? "Odoo no tiene lo que se le pide: revisa su versión y sus módulos." : said;
            case SERVER ->
                "Odoo falló al procesarlo" + (said.isEmpty() ? "" : " (" + said + ")")
                        + ". El detalle está en la bitácora de Odoo.";
        };
    }
}
