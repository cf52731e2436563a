package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartSearch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class DoorTest {
    @Test
    void the_hub_gets_the_index_and_the_search_and_closes_them(@TempDir Path folder) {
        for (int start = 0; start < 2; start++) {
            try (AnnotationConfigApplicationContext hub = context(HubSearch.class, folder)) {
                assertThat(hub.getBean(PartSearch.class).version()).isEqualTo(PartSearch.Version.NONE);
                assertThat(hub.getBean(PartIndex.class).newest()).isEmpty();
                assertThat(hub.getBeansOfType(IndexReplica.class)).isEmpty();
            }
        }
    }

    @Test
    void a_store_gets_the_replica_and_the_search(@TempDir Path folder) {
        try (AnnotationConfigApplicationContext store = context(StoreSearch.class, folder)) {
            assertThat(store.getBean(IndexReplica.class)).isNotNull();
            assertThat(store.getBean(PartSearch.class).version()).isEqualTo(PartSearch.Version.NONE);
            assertThat(store.getBeansOfType(PartIndex.class)).isEmpty();
        }
    }

    private static AnnotationConfigApplicationContext context(Class<?> door, Path folder) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("refahub.search.directory", folder.toString())));
        context.register(door);
        context.refresh();
        return context;
    }

    @Test
    void settings_have_defaults() {
        SearchSettings settings = bound(Map.of());
        assertThat(settings)
                .isEqualTo(new SearchSettings(
                        Path.of("data/search"),
                        Duration.ofSeconds(2),
                        Path.of("config/search/synonyms.txt"),
                        List.of(Ranking.By.STOCK_HERE, Ranking.By.STOCK_NEAR, Ranking.By.SALES),
                        3));
    }

    @Test
    void every_setting_can_be_given() {
        assertThat(bound(Map.of(
                        "refahub.search.directory",
                        "/var/lib/refahub/index",
                        "refahub.search.time-limit",
                        "300ms",
                        "refahub.search.synonyms",
                        "/etc/refahub/synonyms.txt",
                        "refahub.search.ranking",
                        "sales,stock-near",
                        "refahub.search.keep",
                        "5")))
                .isEqualTo(new SearchSettings(
                        Path.of("/var/lib/refahub/index"),
                        Duration.ofMillis(300),
                        Path.of("/etc/refahub/synonyms.txt"),
                        List.of(Ranking.By.SALES, Ranking.By.STOCK_NEAR),
                        5));
    }

    @Test
    void a_setting_that_makes_no_sense_is_refused_with_its_name() {
        for (String setting : List.of("time-limit=0s", "keep=1", "ranking=sales,sales")) {
            String[] pair = setting.split("=");
            assertThatThrownBy(() -> bound(Map.of("refahub.search." + pair[0], pair[1])))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .rootCause()
                    .hasMessageContaining("refahub.search." + pair[0]);
        }
    }

    private static SearchSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("refahub.search", SearchSettings.class);
    }
}
