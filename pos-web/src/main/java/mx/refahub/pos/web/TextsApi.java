package mx.refahub.pos.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The message files as the pages read them: the same sentences as the server's own. */
@RestController
@Hidden
class TextsApi {
    private final Messages messages;

    TextsApi(Messages messages) {
        this.messages = messages;
    }

    @GetMapping("/i18n/es-MX.json")
    ResponseEntity<Map<String, String>> spanish() {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(messages.all(Messages.SPANISH));
    }

    @GetMapping("/i18n/en.json")
    ResponseEntity<Map<String, String>> english() {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(messages.all(Locale.ENGLISH));
    }
}
