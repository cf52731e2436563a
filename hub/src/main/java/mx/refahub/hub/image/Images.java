package mx.refahub.hub.image;

import java.nio.file.Path;
import java.time.Clock;
import mx.refahub.domain.IdSource;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
public class Images {
    @Bean
    PostgresGallery partGallery(
            ImageTable table,
            AuditTrail audit,
            TransactionTemplate transaction,
            HubSettings settings,
            Clock clock,
            IdSource ids) {
        Path folder = settings.data().resolve("images");
        return new PostgresGallery(
                table,
                new ImageFiles(folder),
                new PictureMaker(),
                new AddressFetch(),
                audit,
                transaction,
                clock,
                ids,
                folder.resolve("batches"));
    }

    @Bean
    PictureBatches pictureBatches(ImageTable table, PostgresGallery gallery, HubSettings settings, Clock clock) {
        return new PictureBatches(
                table, gallery, settings.data().resolve("images").resolve("batches"), clock);
    }
}
