package mx.refahub.hub.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.util.Optional;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.HubSettings;
import org.apache.ibatis.type.TypeHandlerRegistry;
import org.mybatis.spring.boot.autoconfigure.ConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hub's PostgreSQL: its own by default, an external one by address. */
@Configuration(proxyBeanMethods = false)
public class Database {
    @Bean
    HubLock hubLock(HubSettings settings) throws IOException {
        return HubLock.take(settings.data());
    }

    @Bean
    Server server(HubSettings settings, HubLock lock) throws IOException {
        HubSettings.Database database = settings.database();
        return new Server(
                database.isEmbedded()
                        ? Optional.of(EmbeddedServer.start(settings.data(), database.port(), database.parameters()))
                        : Optional.empty());
    }

    /** The server that this process runs, if it runs one. Closed after everything that uses the database. */
    record Server(Optional<EmbeddedServer> embedded) implements AutoCloseable {
        @Override
        public void close() {
            embedded.ifPresent(EmbeddedServer::close);
        }
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(HubSettings settings, Server server) {
        HubSettings.Database database = settings.database();
        return pool(
                server.embedded().map(EmbeddedServer::url).orElse(database.url()),
                server.embedded().isPresent() ? EmbeddedServer.USER : database.username(),
                server.embedded().map(EmbeddedServer::password).orElse(database.password()),
                database.connections());
    }

    static HikariDataSource pool(String url, String user, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("hub");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(5, connections));
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("ApplicationName", "refahub-hub");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    @Bean
    ConfigurationCustomizer mapping() {
        return configuration -> {
            configuration.setMapUnderscoreToCamelCase(true);
            configuration.setArgNameBasedConstructorAutoMapping(true);
            // The second level of caching is ours alone, and the first would hold whole results of streams in memory.
            configuration.setCacheEnabled(false);
            configuration.setLocalCacheScope(org.apache.ibatis.session.LocalCacheScope.STATEMENT);
            TypeHandlerRegistry handlers = configuration.getTypeHandlerRegistry();
            handlers.register(new UuidHandler());
            handlers.register(SaleBody.ParticularsBody.class, new ParticularsHandler());
            handlers.register(new ArrayHandler.Uuids());
            handlers.register(new ArrayHandler.Texts());
            handlers.register(new ArrayHandler.Longs());
            handlers.register(new ArrayHandler.Integers());
            handlers.register(new ArrayHandler.Bytes());
            handlers.register(new ArrayHandler.Instants());
        };
    }
}
