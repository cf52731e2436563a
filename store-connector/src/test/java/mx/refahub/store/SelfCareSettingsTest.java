package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.store.backup.BackupSettings;
import mx.refahub.store.clock.ClockSettings;
import mx.refahub.store.disk.DiskSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class SelfCareSettingsTest {
    @Test
    void defaults() {
        assertThat(bound(Map.of()))
                .isEqualTo(new SelfCareSettings(
                        new BackupSettings(Duration.ofHours(1), 24, 14, null, null),
                        new DiskSettings(
                                DataSize.ofGigabytes(2),
                                DataSize.ofGigabytes(1),
                                DataSize.ofMegabytes(500),
                                DataSize.ofMegabytes(100),
                                DataSize.ofMegabytes(256),
                                Duration.ofSeconds(30)),
                        new ClockSettings(Duration.ofMinutes(2), Duration.ofDays(1), Duration.ofDays(366)),
                        new SelfCareSettings.OutboxSettings(Duration.ofDays(35))));
    }

    @Test
    void every_key_is_mapped() {
        Map<String, Object> keys = new TreeMap<>();
        keys.put("refahub.care.backup.every", "2h");
        keys.put("refahub.care.backup.hourly", "3");
        keys.put("refahub.care.backup.daily", "4");
        keys.put("refahub.care.backup.folder", "/mnt/b");
        keys.put("refahub.care.backup.key-folder", "/mnt/k");
        keys.put("refahub.care.disk.warn", "5GB");
        keys.put("refahub.care.disk.shed", "4GB");
        keys.put("refahub.care.disk.critical", "3GB");
        keys.put("refahub.care.disk.release", "2GB");
        keys.put("refahub.care.disk.ballast", "1MB");
        keys.put("refahub.care.disk.look", "7s");
        keys.put("refahub.care.clock.banner", "1m");
        keys.put("refahub.care.clock.tolerance", "2d");
        keys.put("refahub.care.clock.longest", "90d");
        keys.put("refahub.care.outbox.retention", "50d");

        assertThat(bound(keys))
                .isEqualTo(new SelfCareSettings(
                        new BackupSettings(Duration.ofHours(2), 3, 4, Path.of("/mnt/b"), Path.of("/mnt/k")),
                        new DiskSettings(
                                DataSize.ofGigabytes(5),
                                DataSize.ofGigabytes(4),
                                DataSize.ofGigabytes(3),
                                DataSize.ofGigabytes(2),
                                DataSize.ofMegabytes(1),
                                Duration.ofSeconds(7)),
                        new ClockSettings(Duration.ofMinutes(1), Duration.ofDays(2), Duration.ofDays(90)),
                        new SelfCareSettings.OutboxSettings(Duration.ofDays(50))));
    }

    @Test
    void a_dead_key_stops_the_start() {
        assertThatThrownBy(() -> bound(Map.of("refahub.care.backup.evry", "1h")))
                .isInstanceOf(RuntimeException.class);
    }

    private static SelfCareSettings bound(Map<String, ?> keys) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(keys)));
            context.register(Bound.class);
            context.refresh();
            return context.getBean(SelfCareSettings.class);
        }
    }

    @EnableConfigurationProperties(SelfCareSettings.class)
    static class Bound {}
}
