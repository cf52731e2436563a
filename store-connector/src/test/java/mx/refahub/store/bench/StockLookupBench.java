package mx.refahub.store.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.domain.part.PartId;
import mx.refahub.store.TestStore;

/**
 * {@code ./mvnw -Pbench -Dbench=stock-lookup verify}: stock of all branches for a page of 40 parts at the till, as {@code stock-by-branch} reads it. {@code bench.parts}
 * parts at {@code bench.branches} branches in {@code reference.db}; pages of random parts.
 */
public final class StockLookupBench {
    private static final int PAGE = 40;
    private static final int WARM_UP = 500;
    private static final int PAGES = 3_000;

    private StockLookupBench() {}

    public static void main(String[] arguments) throws IOException {
        int parts = Integer.getInteger("bench.parts", 100_000);
        int branches = Integer.getInteger("bench.branches", 20);
        Path folder = Files.createTempDirectory("stock-lookup");
        try (TestStore store = TestStore.open(folder)) {
            Random random = new Random(7);
            List<PartId> all = new ArrayList<>();
            for (int i = 0; i < parts; i++) all.add(new PartId(new UUID(random.nextLong(), random.nextLong())));
            store.reference.change(session -> {
                for (int branch = 0; branch < branches; branch++) {
                    UUID at = branch == 0 ? TestStore.CENTRO.value() : new UUID(1, branch);
                    for (PartId part : all)
                        session.updateOne(
                                """
                                insert into branch_stock (store_id, part_id, store_code, on_hand, opening, bin, as_of)
                                values (?, ?, ?, ?, ?, 'A', ?)
                                """,
                                at,
                                part.value(),
                                "B" + branch,
                                branch * 1_000L,
                                branch * 1_000L,
                                store.clock.instant());
                }
            });
            long[] nanos = new long[PAGES];
            int rows = 0;
            for (int page = -WARM_UP; page < PAGES; page++) {
                List<PartId> asked =
                        random.ints(PAGE, 0, parts).mapToObj(all::get).toList();
                long start = System.nanoTime();
                int found = store.stock.byBranch(asked).values().stream()
                        .mapToInt(List::size)
                        .sum();
                if (page >= 0) {
                    nanos[page] = System.nanoTime() - start;
                    rows += found;
                }
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%,d parts x %d branches, pages of %d (%d figures): p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
                    parts,
                    branches,
                    PAGE,
                    rows / PAGES,
                    nanos[PAGES / 2] / 1e6,
                    nanos[PAGES * 95 / 100] / 1e6,
                    nanos[PAGES * 99 / 100] / 1e6);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }
}
