package mx.refahub.hub.schedule;

import java.time.Clock;
import java.util.Properties;
import javax.sql.DataSource;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.hub.access.AuditTrail;
import org.quartz.Scheduler;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/** Jobs at set times, by Quartz over the hub's database. Begins after all else has begun and ends before anything ends. */
@Configuration(proxyBeanMethods = false)
public class Scheduling {
    private static final String NAME = "refahub";

    @Bean
    SchedulerFactoryBean scheduler(DataSource dataSource, Jobs jobs, DaysOff daysOff) {
        SchedulerFactoryBean factory = new SchedulerFactoryBean();
        factory.setSchedulerName(NAME);
        factory.setDataSource(dataSource);
        factory.setTransactionManager(new JdbcTransactionManager(dataSource));
        LastStarts last = new LastStarts(dataSource);
        factory.setJobFactory((bundle, scheduler) -> new StartOfRun(jobs, last, daysOff));
        factory.setWaitForJobsToCompleteOnShutdown(true);
        factory.setQuartzProperties(properties());
        return factory;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        // How soon a schedule is seen that another hub has made.
        properties.setProperty("org.quartz.scheduler.idleWaitTime", "5000");
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "schedule");
        properties.setProperty("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "10000");
        // Texts only: no Java serialization.
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        // Later than this a time counts as missed.
        properties.setProperty("org.quartz.jobStore.misfireThreshold", "60000");
        return properties;
    }

    @Bean
    RuleTrail ruleTrail(AuditTrail audit, DataSource dataSource) {
        return new AuditedRules(audit, dataSource);
    }

    @Bean
    DaysOff daysOff(DataSource dataSource, Clock clock, RuleTrail trail) {
        return new PostgresDaysOff(dataSource, new JdbcTransactionManager(dataSource), clock, trail);
    }

    @Bean
    QuartzSchedules schedules(
            Scheduler scheduler, Jobs jobs, Clock clock, DataSource dataSource, DaysOff daysOff, RuleTrail trail) {
        return new QuartzSchedules(
                scheduler,
                jobs,
                clock,
                new JdbcTransactionManager(dataSource),
                new LastStarts(dataSource),
                daysOff,
                trail);
    }

    @Bean(initMethod = "bring")
    BroughtSchedules broughtSchedules(QuartzSchedules schedules, Jobs jobs, DataSource dataSource, Clock clock) {
        return new BroughtSchedules(schedules, jobs, dataSource, clock);
    }
}
