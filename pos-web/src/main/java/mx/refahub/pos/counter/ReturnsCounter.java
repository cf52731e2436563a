package mx.refahub.pos.counter;

import mx.refahub.domain.sale.ReturnPolicies;
import mx.refahub.domain.sale.Returns;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import mx.refahub.pos.web.Messages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What customers bring back, at the counter: its calls and its words. */
@Configuration(proxyBeanMethods = false)
class ReturnsCounter {
    @Bean
    MessageFile returnMessages() {
        return new MessageFile("messages_pos_returns");
    }

    @Bean
    AccessTable returnsAccess() {
        return new ReturnsAccess();
    }

    @Bean
    ReturnsApi returnsApi(Returns returns, ReturnPolicies policies, Approvals approvals, Messages messages) {
        return new ReturnsApi(returns, policies, approvals, messages);
    }
}
