package mx.refahub.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import mx.refahub.hub.http.MachineHttp;
import mx.refahub.routes.BrokerAddress;
import mx.refahub.search.HubSearch;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One hub for all tests of this module: the real PostgreSQL and the real HTTP, without broker and console. */
public final class TestHub {
    public static final TestClock CLOCK = new TestClock();
    private static final ConfigurableApplicationContext CONTEXT = start();

    private TestHub() {}

    public static <T> T bean(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    public static JdbcClient sql() {
        return bean(JdbcClient.class);
    }

    /** For programs; tests leave it to the end of the JVM. */
    public static void close() {
        CONTEXT.close();
    }

    public static String address() {
        return "http://127.0.0.1:" + CONTEXT.getEnvironment().getProperty("local.server.port");
    }

    /** Below target, where this run may write. */
    public static Path scratch(String name) {
        return Path.of("target", "test-data", name).toAbsolutePath();
    }

    public static void wipe(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    private static ConfigurableApplicationContext start() {
        try {
            // The programs are kept between runs: unpacking them takes seconds.
            wipe(scratch("hub").resolve("postgres"));
            wipe(scratch("search"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new SpringApplicationBuilder(Rooms.class)
                .properties(
                        "spring.config.name=application,hub",
                        "refahub.hub.data=" + scratch("hub"),
                        "refahub.hub.database.port=0",
                        "refahub.outside.loopback=true",
                        "refahub.search.directory=" + scratch("search"),
                        "refahub.alerts.every=0s",
                        "spring.autoconfigure.exclude=org.apache.camel.spring.boot.CamelAutoConfiguration",
                        "spring.main.allow-bean-definition-overriding=true")
                // Stronger than hub.yml, whose port may be taken.
                .run("--server.port=0");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({HubRooms.class, MachineHttp.class, HubSearch.class})
    static class Rooms {
        @Bean
        static BeanPostProcessor doors() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource database ? new BreakingOff.Doors(database) : bean;
                }
            };
        }

        @Bean
        BrokerAddress brokerAddress() {
            return new BrokerAddress("tcp://broker.test:61616");
        }

        @Bean
        @Primary
        Clock testClock() {
            return CLOCK;
        }
    }
}
