package mx.refahub.store.disk;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log on the disk, {@code logs/connector.log} in the data folder, at most 60 MB over 14 days, without the one-time codes that the console shows. Stops while room is short. */
public final class LogFile implements DiskWatch.Shedding, AutoCloseable {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %replace(%replace(%msg){'[\\r\\n\\x1b]+',' | '}){'code=\\S+','code=…'}%n%ex";

    private final Path folder;
    private @Nullable RollingFileAppender<ILoggingEvent> appender;

    public LogFile(Path data) {
        this.folder = data.resolve("logs");
    }

    public synchronized void open() {
        if (appender != null || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
        try {
            OwnerOnly.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        RollingFileAppender<ILoggingEvent> fresh = new RollingFileAppender<>();
        fresh.setContext(context);
        fresh.setName("connector-log-file");
        fresh.setFile(folder.resolve("connector.log").toString());
        fresh.setEncoder(encoder);
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(fresh);
        rolling.setFileNamePattern(
                folder.resolve("connector-%d{yyyy-MM-dd}.%i.log.gz").toString());
        rolling.setMaxFileSize(FileSize.valueOf("10MB"));
        rolling.setMaxHistory(14);
        rolling.setTotalSizeCap(FileSize.valueOf("60MB"));
        rolling.start();
        fresh.setRollingPolicy(rolling);
        fresh.start();
        root(context).addAppender(fresh);
        appender = fresh;
    }

    @Override
    public void room(boolean enough) {
        if (enough) open();
        else close();
    }

    @Override
    public synchronized void close() {
        RollingFileAppender<ILoggingEvent> open = appender;
        if (open == null || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
        root(context).detachAppender(open);
        open.stop();
        appender = null;
    }

    private static Logger root(LoggerContext context) {
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
