package mx.refahub.pos.counter;

import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What customers bring back, at the counter: its calls and its words. */
@Configuration(proxyBeanMethods = false)
class ReturnsCounter {
    @Bean
    MessageFile returnMessages() {
        return new MessageFile("messages_pos_returns");
    }
}
