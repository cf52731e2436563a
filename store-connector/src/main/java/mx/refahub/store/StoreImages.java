package mx.refahub.store;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.image.ImageCache;
import mx.refahub.store.image.ImageSettings;
import mx.refahub.store.status.StatusBoard;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pictures of parts: the hub's, as far as they are here. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImageSettings.class)
class StoreImages {
    private static final int LARGEST = 5_000_000;

    @Bean
    ImageCache imageCache(
            HubHttp hub,
            Identities identities,
            StatusBoard status,
            DataFolder folder,
            ImageSettings settings,
            Clock clock) {
        return new ImageCache(
                new ImageCache.Hub() {
                    @Override
                    public List<PartImage> images(PartId part) throws IOException, InterruptedException {
                        return hub.images(own(), part);
                    }

                    @Override
                    public byte[] image(String hash) throws IOException, InterruptedException {
                        return hub.image(own(), hash, LARGEST);
                    }

                    private Identity own() throws IOException {
                        return identities.current().orElseThrow(() -> new IOException("not registered"));
                    }
                },
                status::linked,
                folder.path().resolve("images"),
                settings,
                clock);
    }
}
