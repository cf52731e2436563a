package mx.refahub.batch;

import javax.sql.DataSource;
import mx.refahub.batch.run.RunFolder;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** Spring Batch with its tables in the hub's database and a few threads for runs. */
@Configuration(proxyBeanMethods = false)
class BatchEngine extends JdbcDefaultBatchConfiguration {
    private final DataSource dataSource;
    private final PlatformTransactionManager transactions;
    private final ThreadPoolTaskExecutor executor;

    BatchEngine(DataSource dataSource, PlatformTransactionManager transactions, BatchSettings settings) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("job-");
        executor.setCorePoolSize(settings.threads());
        executor.setMaxPoolSize(settings.threads());
        executor.setWaitForTasksToCompleteOnShutdown(false);
        executor.initialize();
    }

    @Bean
    RunFolder runFolder(BatchSettings settings) {
        return new RunFolder(settings.folder());
    }

    @Override
    protected DataSource getDataSource() {
        return dataSource;
    }

    @Override
    protected PlatformTransactionManager getTransactionManager() {
        return transactions;
    }

    @Override
    protected TaskExecutor getTaskExecutor() {
        return executor;
    }
}
