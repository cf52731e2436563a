package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The worker has to come from the root, where its reach begins. */
@RestController
@Hidden
class ServiceWorker {
    @GetMapping("/service-worker.js")
    ResponseEntity<Resource> script() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/javascript;charset=UTF-8"))
                .cacheControl(CacheControl.noCache())
                .body(new ClassPathResource("pos/service-worker.js"));
    }
}
