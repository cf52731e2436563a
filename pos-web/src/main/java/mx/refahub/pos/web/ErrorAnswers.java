package mx.refahub.pos.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import mx.refahub.domain.Refusal;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What went wrong before any controller was reached, as a problem too. */
@RestController
@Hidden
class ErrorAnswers implements ErrorController {
    private final Problems problems;

    ErrorAnswers(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer number ? number : 404;
        String refusal = switch (code) {
            case 404 -> "not-found";
            case 413 -> "upload-too-large";
            case 503 -> "try-again";
            default -> code >= 500 ? "bug" : "request-invalid";
        };
        problems.write(Refusal.of(refusal), request, response);
    }
}
