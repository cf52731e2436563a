package mx.refahub.pos.counter;

import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Kits on the ticket: their words. */
@Configuration(proxyBeanMethods = false)
class KitsCounter {
    @Bean
    MessageFile kitMessages() {
        return new MessageFile("messages_pos_kits");
    }
}
