package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The price book in the console: its calls, its words and its page. */
@Configuration(proxyBeanMethods = false)
@Import({PricesController.class, PriceFormulasController.class})
class PricesConsole {
    @Bean
    MessageFile priceMessages() {
        return new MessageFile("messages_console_prices");
    }

    @Bean
    AccessTable priceAccess() {
        return () -> List.of(
                AccessRow.roles(GET, "/console/api/prices", Permission.CATALOGUE_READ.roles()),
                AccessRow.roles(GET, "/console/api/prices/parts/{id}", Permission.CATALOGUE_READ.roles()),
                AccessRow.roles(PUT, "/console/api/prices/rules/{id}", Permission.CATALOGUE_MEND.roles()),
                AccessRow.roles(PUT, "/console/api/prices/promotions/{id}", Permission.CATALOGUE_MEND.roles()),
                AccessRow.roles(POST, "/console/api/prices/preview", Permission.CATALOGUE_READ.roles()),
                AccessRow.roles(GET, "/console/api/prices/formulas", Permission.CATALOGUE_READ.roles()),
                AccessRow.roles(PUT, "/console/api/prices/formulas", Permission.CATALOGUE_MEND.roles()),
                AccessRow.roles(POST, "/console/api/prices/formulas/example", Permission.CATALOGUE_READ.roles()),
                AccessRow.roles(GET, "/console/api/prices/runs/{run}/changes", Permission.JOBS_READ.roles()),
                AccessRow.roles(DELETE, "/console/api/prices/{id}", Permission.CATALOGUE_MEND.roles()));
    }
}
