package mx.refahub.pos.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.LocaleResolver;

/** The first of the caller's languages that we speak; Spanish (Mexico) when there is none. */
final class Languages implements LocaleResolver {
    static Locale of(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") != null) {
            for (Locale locale : Collections.list(request.getLocales())) {
                if (locale.getLanguage().equals("es")) return Messages.SPANISH;
                if (locale.getLanguage().equals("en")) return Locale.ENGLISH;
            }
        }
        return Messages.SPANISH;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return of(request);
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language comes with each call");
    }
}
