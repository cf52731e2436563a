package mx.refahub.pos.counter;

import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether this machine is the store: its words at the counter. */
@Configuration(proxyBeanMethods = false)
class TrustCounter {
    @Bean
    MessageFile trustMessages() {
        return new MessageFile("messages_pos_trust");
    }
}
