package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.store.Stations;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Stations without a drawer: their calls and their words. */
@Configuration(proxyBeanMethods = false)
class StationsCounter {
    @Bean
    MessageFile stationsMessages() {
        return new MessageFile("messages_pos_stations");
    }

    @Bean
    AccessTable stationsAccess() {
        return () -> List.of(
                row(GET, "/pos/api/stations", Permission.DEVICES_MANAGE),
                row(POST, "/pos/api/stations", Permission.DEVICES_MANAGE),
                row(POST, "/pos/api/stations/pairing", Permission.SALE_MAKE),
                row(DELETE, "/pos/api/stations/{id}", Permission.DEVICES_MANAGE));
    }

    @Bean
    StationsApi stationsApi(Stations stations) {
        return new StationsApi(stations);
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
