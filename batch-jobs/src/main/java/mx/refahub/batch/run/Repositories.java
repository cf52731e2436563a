package mx.refahub.batch.run;

import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/** Batch's memory in PostgreSQL. */
public final class Repositories {
    private Repositories() {}

    public static JobRepository jdbc(DataSource dataSource, PlatformTransactionManager transactions) {
        try {
            JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
            factory.setDataSource(dataSource);
            factory.setTransactionManager(transactions);
            factory.setDatabaseType("POSTGRES");
            factory.setSerializer(new PlainContext());
            // That a run is launched once is held by the unique index of job_run.
            factory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
            factory.afterPropertiesSet();
            return factory.getObject();
        } catch (Exception e) {
            throw new IllegalStateException("job repository", e);
        }
    }
}
