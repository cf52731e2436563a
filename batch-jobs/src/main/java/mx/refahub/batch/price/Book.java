package mx.refahub.batch.price;

import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The price book's counter. Its row orders all who publish; whoever sees a version sees all of it. */
final class Book {
    private Book() {}

    static long lock(JdbcClient jdbc) {
        return jdbc.sql("""
                select version
                from stream_version
                where stream = 'price_book'
                for update
                """).query(Long.class).single();
    }

    static void raise(JdbcClient jdbc, long run, long version, OffsetDateTime now) {
        int raised = jdbc.sql("""
                update stream_version
                set version = :version, published_at = :now
                where stream = 'price_book'
                and version = :version - 1
                """).param("version", version).param("now", now).update();
        if (raised != 1) throw new IllegalStateException("stream price_book is not at " + (version - 1));
        jdbc.sql("""
                insert into job_run_publication (run_id, stream, version, published_at)
                values (:run, 'price_book', :version, :now)
                on conflict (run_id, stream) do update
                set version = excluded.version, published_at = excluded.published_at
                """)
                .param("run", run)
                .param("version", version)
                .param("now", now)
                .update();
    }
}
