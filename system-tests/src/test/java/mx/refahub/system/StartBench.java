package mx.refahub.system;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.system.client.TillHands;
import mx.refahub.system.process.ServerProcess;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the start of a store's program to its first answered search, the hub away: as the services start it (laid out, prepared by the build, with its cache
 * of classes), and beside it, in turn, laid out alone.
 *
 * <p>{@code ./mvnw -Pbench -Dbench=start verify}, with {@code -Dbench.rounds=N}.
 */
public final class StartBench {
    private static final PrintStream OUT = System.out;
    private static final double AIM_S = 3;
    /** A question that nobody answers costs the one who asks; more often, and it is that which is measured. */
    private static final int POLL_MS = 25;

    private record Took(double open, double search) {
        double both() {
            return open + search;
        }
    }

    private StartBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.getInteger("bench.rounds", 7);
        Path out = Path.of(System.getProperty("bench.out", "target/bench"));
        List<Took> prepared = new ArrayList<>();
        List<Took> bare = new ArrayList<>();
        try (Shop shop = Shop.opened("start")) {
            shop.hubProcess().close();
            shop.storeProcess().close();
            for (int i = 0; i < rounds; i++) {
                prepared.add(one(shop, true));
                bare.add(one(shop, false));
                OUT.printf(
                        Locale.ROOT,
                        "round %d: prepared %.2f s + search %.3f s, laid out alone %.2f s + search %.3f s%n",
                        i + 1,
                        prepared.get(i).open(),
                        prepared.get(i).search(),
                        bare.get(i).open(),
                        bare.get(i).search());
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("start to first search, s (aim " + AIM_S + ")", middle(prepared));
        figures.put("laid out alone, s", middle(bare));
        figures.put("share of laid out alone", middle(prepared) / middle(bare));
        figures.forEach((what, value) -> OUT.printf(Locale.ROOT, "%s: %.2f%n", what, (Double) value));
        Files.createDirectories(out);
        Files.writeString(out.resolve("start.json"), JsonMapper.shared().writeValueAsString(figures));
    }

    private static double middle(List<Took> took) {
        return took.stream()
                .mapToDouble(Took::both)
                .sorted()
                .skip(took.size() / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The page signs in between the two; a person's PIN is not counted. */
    private static Took one(Shop shop, boolean prepared) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        shop.launchStore(prepared);
        ServerProcess store = shop.storeProcess();
        TillHands till = shop.till();
        while (!till.isUp()) {
            if (!store.isAlive()) throw new IllegalStateException("ended while starting");
            Thread.sleep(POLL_MS);
        }
        double open = (System.nanoTime() - begun) / 1e9;
        till.signIn(Shop.CASHIER, Shop.PIN);
        begun = System.nanoTime();
        int hits = till.http()
                .get("/api/v1/catalog/search?q=balata")
                .orThrow()
                .json()
                .path("hits")
                .size();
        double search = (System.nanoTime() - begun) / 1e9;
        if (hits == 0) throw new IllegalStateException("nothing found for balata");
        store.close();
        return new Took(open, search);
    }
}
