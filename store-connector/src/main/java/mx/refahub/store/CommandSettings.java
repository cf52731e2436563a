package mx.refahub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mx.refahub.store.command.Setting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** What a command needs of the connector's settings, read from the same places. */
final class CommandSettings {
    private CommandSettings() {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties({StoreSettings.class, SelfCareSettings.class})
    static class Settings {}

    static Setting read(@Nullable Path dataDir) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run()) {
            Path data = dataDir == null ? context.getBean(StoreSettings.class).dataDir() : dataDir;
            return new Setting(data, context.getBean(SelfCareSettings.class).backup(), SelfCare.version());
        }
    }

    static Optional<AutoCloseable> take(Path data) {
        if (!Files.isDirectory(data)) {
            try {
                Files.createDirectories(data);
            } catch (IOException e) {
                throw new StartRefused("cannot make " + data + ": " + e.getMessage());
            }
        }
        try {
            return Optional.of(DataFolder.take(data));
        } catch (StartRefused e) {
            return Optional.empty();
        }
    }
}
