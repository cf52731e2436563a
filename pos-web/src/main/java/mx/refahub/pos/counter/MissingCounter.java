package mx.refahub.pos.counter;

import mx.refahub.domain.lostsale.LostSales;
import mx.refahub.domain.proposal.CounterParts;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the catalogue lacks, at the counter: its calls and its words. */
@Configuration(proxyBeanMethods = false)
class MissingCounter {
    @Bean
    MessageFile missingMessages() {
        return new MessageFile("messages_pos_missing");
    }

    @Bean
    AccessTable missingAccess() {
        return new MissingAccess();
    }

    @Bean
    MissingApi missingApi(CounterParts parts, LostSales lostSales) {
        return new MissingApi(parts, lostSales);
    }
}
