package mx.refahub.hub.notice;

import mx.refahub.domain.notice.Language;

/** What people call a job. Where nobody has named it, it is called as programs do. */
@FunctionalInterface
public interface JobNames {
    String of(Language language, String job);
}
