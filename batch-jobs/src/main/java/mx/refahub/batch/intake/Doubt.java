package mx.refahub.batch.intake;

/** Why a spreadsheet's cell may not hold what its writer meant. Each with the sentence for the person. */
enum Doubt {
    NONE("", false),
    FORMULA("Es una fórmula; péguela como valor (Pegado especial, Valores).", true),
    ERROR("Es un error de la hoja de cálculo; corrígelo.", true),
    DATE("La hoja lo guardó como fecha; da a la columna formato de texto y escríbelo de nuevo.", true),
    EXPONENT(
            "La hoja lo convirtió en un número con exponente, como 1.0E5; da a la columna formato de texto y escríbelo de nuevo.",
            false),
    DIGITS_LOST(
            "La hoja lo guardó como número y de ahí en adelante pierde dígitos; da a la columna formato de texto y escríbelo de nuevo.",
            false);

    private final String sentence;
    private final boolean always;

    Doubt(String sentence, boolean always) {
        this.sentence = sentence;
        this.always = always;
    }

    String sentence() {
        return sentence;
    }

    /** Whether it spoils a cell that is read as a number too. */
    boolean spoilsNumbers() {
        return always;
    }
}
