package mx.refahub.pos.counter;

import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The price book's words at the counter. */
@Configuration(proxyBeanMethods = false)
class PricesCounter {
    @Bean
    MessageFile priceMessages() {
        return new MessageFile("messages_pos_prices");
    }
}
