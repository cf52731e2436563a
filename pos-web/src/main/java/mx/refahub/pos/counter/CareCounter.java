package mx.refahub.pos.counter;

import java.util.List;
import mx.refahub.domain.store.Precautions;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What keeps a till from writing down what it should not. A process without {@code Precautions} takes none. */
@Configuration(proxyBeanMethods = false)
public class CareCounter {
    @Bean
    AccessTable careAccess() {
        return () -> List.of(AccessRow.roles(HttpMethod.POST, ClockApi.PATH, Permission.CLOCK_ACCEPT.roles()));
    }

    @Bean
    ClockApi clockApi(ObjectProvider<Precautions> precautions) {
        return new ClockApi(precautions);
    }

    @Bean
    WebMvcConfigurer precautionGate(ObjectProvider<Precautions> precautions) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new PrecautionGate(precautions))
                        .addPathPatterns("/pos/api/**")
                        .excludePathPatterns("/pos/api/session/**", "/pos/api/sales/*/reprint", ClockApi.PATH);
            }
        };
    }
}
