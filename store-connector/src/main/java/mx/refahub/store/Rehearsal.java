package mx.refahub.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.store.PinAccess;
import mx.refahub.search.RehearsalIndex;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A start upon a folder of its own, with a small index, and the first things that a till asks: what the JVM keeps of such a start makes the next one quick.
 * Nothing of it is sent or kept.
 */
final class Rehearsal {
    private static final List<String> PAGES =
            List.of("/", "/api/v1/health", "/api/status", "/api/setup", "/pos/api/session", "/pos/api/people");
    private static final List<String> QUESTIONS =
            List.of("rf-10007", "RF1", "balata", "blaata", "filtro jetta 2015", "bujia de iridio 2.5", "x50003");
    private static final int TIMES = 5;

    private Rehearsal() {}

    /** @param folder empty, or not there yet: a rehearsal touches no shop's data */
    static void run(SpringApplication application, Path folder) throws IOException, InterruptedException {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) throw new StartRefused(folder + " is not empty: rehearse elsewhere");
            }
        }
        RehearsalIndex.lay(folder.resolve("search"));
        try (ConfigurableApplicationContext started = application.run(
                "--server.address=127.0.0.1", "--server.port=0", "--refahub.store.data-dir=" + folder)) {
            PartSearch search = started.getBean(PartSearch.class);
            for (int i = 0; i < TIMES; i++) for (String question : QUESTIONS) search.find(PartQuery.text(question, 20));
            // By the port: a branch that is not registered lets nobody in by the page.
            started.getBean(PinAccess.class).signIn("nadie", "000000");
            ask(URI.create("http://127.0.0.1:" + started.getEnvironment().getRequiredProperty("local.server.port")));
        }
    }

    private static void ask(URI connector) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < TIMES; i++)
                for (String page : PAGES)
                    http.send(HttpRequest.newBuilder(connector.resolve(page)).build(), BodyHandlers.discarding());
        }
    }
}
