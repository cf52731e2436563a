package mx.refahub.pos.console;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** An upload is taken apart before its controller is known, so this advice cannot be limited to the console's own. */
@RestControllerAdvice
final class UploadAdvice {
    private static final long MEGABYTE = 1024 * 1024;
    private final Problems problems;
    private final ConsoleSettings settings;

    UploadAdvice(Problems problems, ConsoleSettings settings) {
        this.problems = problems;
        this.settings = settings;
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(MaxUploadSizeExceededException unused) {
        long megabytes = Math.max(1, settings.uploadFile().toBytes() / MEGABYTE);
        return problems.refused("file-too-large", Long.toString(megabytes));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(MultipartException unused) {
        return problems.refused("request-unreadable");
    }
}
