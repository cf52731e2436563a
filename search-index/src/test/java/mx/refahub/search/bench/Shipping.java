package mx.refahub.search.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.search.StoreSearch;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A whole snapshot over the loopback's HTTP into a store that has none: fetched, checked, opened and warmed; in turns with a bare download of the same files, each synced to the disk. */
final class Shipping implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final PartIndex index;
    private final IndexManifest manifest;
    private final HttpServer server;

    Shipping(PartIndex index) throws IOException {
        this.index = index;
        this.manifest = index.newest().orElseThrow();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = index.file(
                            manifest.version(),
                            exchange.getRequestURI().getPath().substring(1))
                    .orElseThrow();
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream out = exchange.getResponseBody()) {
                Files.copy(file, out);
            }
        });
        server.start();
    }

    /** Seconds of each round. */
    record Seconds(List<Double> shipped, List<Double> fetched, List<Double> bare) {
        static double middle(List<Double> of) {
            return of.stream().sorted().skip(of.size() / 2).findFirst().orElseThrow();
        }

        /** Median over the rounds of what fetching and checking takes, as a share of the bare download's time. */
        double ratio() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < bare.size(); i++) ratios.add(fetched.get(i) / bare.get(i));
            return middle(ratios);
        }
    }

    Seconds rounds(int rounds, Path folder) throws IOException, InterruptedException {
        Seconds seconds = new Seconds(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < rounds; i++) {
            ship(folder.resolve("store-" + i), seconds);
            seconds.bare.add(bare(folder.resolve("bare-" + i)));
        }
        return seconds;
    }

    private void ship(Path into, Seconds seconds) throws IOException, InterruptedException {
        try (AnnotationConfigApplicationContext store = new AnnotationConfigApplicationContext()) {
            store.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("bench", Map.of("refahub.search.directory", into.toString())));
            store.register(StoreSearch.class);
            store.refresh();
            IndexReplica replica = store.getBean(IndexReplica.class);
            long start = System.nanoTime();
            for (IndexReplica.Missing missing : replica.missing(manifest)) {
                try (InputStream bytes = get(missing.file().name())) {
                    replica.receive(manifest, missing.file(), bytes);
                }
            }
            seconds.fetched.add((System.nanoTime() - start) / 1e9);
            replica.swap(manifest);
            seconds.shipped.add((System.nanoTime() - start) / 1e9);
        }
        SearchBench.delete(into);
    }

    private double bare(Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        long start = System.nanoTime();
        for (IndexManifest.File file : manifest.files()) {
            Path copy = into.resolve(file.name());
            try (InputStream bytes = get(file.name())) {
                Files.copy(bytes, copy);
            }
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        SearchBench.delete(into);
        return seconds;
    }

    private InputStream get(String name) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + '/' + name);
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
