package mx.refahub.domain.notice;

import java.util.Locale;

/** Of a letter. */
public enum Language {
    ES("es-MX"),
    EN("en");

    private final Locale locale;

    Language(String tag) {
        this.locale = Locale.forLanguageTag(tag);
    }

    public Locale locale() {
        return locale;
    }

    /** As it is kept: {@code es}, {@code en}. */
    public String code() {
        return locale.getLanguage();
    }

    public static Language of(String code) {
        return code.startsWith("en") ? EN : ES;
    }
}
