package mx.refahub.hub.notice;

import mx.refahub.domain.notice.Language;

/** The words that come with the program, for those who put sentences into letters. */
@FunctionalInterface
public interface LetterTexts {
    String text(Language language, String key);
}
