package mx.refahub.routes.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.routes.Channels;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.io.aio.AIOSequentialFileFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** What the hub's and the store's broker have in common. The reasons for the figures are in docs/reliability.md, section 1. */
final class BrokerParts {
    static final int KIB = 1024;
    static final int MIB = 1024 * KIB;
    /** Above the greatest frame with its headers, so that only a single oversized document travels as a large message. */
    static final int LARGE_FROM = 512 * KIB;
    /** A record must fit into it. */
    private static final int JOURNAL_BUFFER = MIB;
    /** The default of 3.3 ms caps a single sender at 257 sends a second; this one gave 1,938. */
    private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 200_000;
    /** How long a dead network goes unnoticed at most. */
    static final int CONNECTION_TTL_MILLIS = 10_000;

    static final int FAILURE_CHECK_MILLIS = 4_000;
    private static final AtomicInteger NEXT_IN_VM_ID = new AtomicInteger();
    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        nettyFreesBuffers();
    }

    private BrokerParts() {}

    /**
     * On JDK 25 Netty 4.2 goes without {@code Unsafe} unless told, and then cannot free a buffer that it did not allocate; Artemis 2.55 asks it to whenever it
     * loads a journal, so that no broker ever starts a second time ("Cannot clean arbitrary ByteBuffer instances"). Said before Netty is first
     * touched, and only where nobody has decided otherwise. Goes when Artemis frees its buffers itself; {@code UplinkTest} says whether it may.
     */
    private static void nettyFreesBuffers() {
        if (System.getProperty("io.netty.noUnsafe") == null) System.setProperty("io.netty.noUnsafe", "false");
    }

    static EmbeddedActiveMQ newServer() {
        return new EmbeddedActiveMQ();
    }

    static int nextInVmId() {
        return NEXT_IN_VM_ID.getAndIncrement();
    }

    static String randomPassword() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static Configuration configuration(String name, Path dataDir, int inVmId, int journalFileSize, long minDiskFree) {
        return new ConfigurationImpl()
                .setName(name)
                .setBindingsDirectory(dataDir.resolve("bindings").toString())
                .setJournalDirectory(dataDir.resolve("journal").toString())
                .setPagingDirectory(dataDir.resolve("paging").toString())
                .setLargeMessagesDirectory(dataDir.resolve("large").toString())
                .setPersistenceEnabled(true)
                .setJournalType(journalType(dataDir))
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setJournalBufferTimeout_AIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setJournalBufferSize_NIO(JOURNAL_BUFFER)
                .setJournalBufferSize_AIO(JOURNAL_BUFFER)
                .setJournalFileSize(journalFileSize)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                .setJournalDatasync(true)
                .setJournalSyncNonTransactional(true)
                .setJournalSyncTransactional(true)
                // A percentage of a big disk is a lot of space, and a shop's disk is often nearly full of something
                // else.
                .setMaxDiskUsage(-1)
                .setMinDiskFree(minDiskFree)
                .setDiskScanPeriod(5_000)
                .setJMXManagementEnabled(false)
                .setClusterUser("cluster")
                .setClusterPassword(randomPassword())
                .setMessageExpiryScanPeriod(-1)
                // Refusals are remembered as long as permissions: a store that registers must not be turned away for
                // ten seconds more.
                .setSecurityInvalidationInterval(2_000)
                .addAcceptorConfiguration(inVmTransport(InVMAcceptorFactory.class, inVmId));
    }

    /** Linux's asynchronous I/O where it is there, but never under a journal that began without: its files are not aligned as that wants them. */
    private static JournalType journalType(Path dataDir) {
        Path marker = dataDir.resolve("journal-type");
        try {
            if (!AIOSequentialFileFactory.isSupported()) return JournalType.NIO;
            if (Files.exists(marker))
                return JournalType.valueOf(Files.readString(marker).strip());
            JournalType type = Files.exists(dataDir.resolve("journal")) ? JournalType.NIO : JournalType.ASYNCIO;
            Files.createDirectories(dataDir);
            Files.writeString(marker, type.name());
            return type;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + dataDir, e);
        }
    }

    static TransportConfiguration inVmTransport(Class<?> factory, int inVmId) {
        return new TransportConfiguration(
                factory.getName(), Map.of(TransportConstants.SERVER_ID_PROP_NAME, inVmId), "in-vm");
    }

    static ActiveMQConnectionFactory inVmConnections(int inVmId) {
        return guarded(new ActiveMQConnectionFactory(false, inVmTransport(InVMConnectorFactory.class, inVmId)));
    }

    static ActiveMQConnectionFactory connections(String url) {
        return guarded(new ActiveMQConnectionFactory(url));
    }

    private static ActiveMQConnectionFactory guarded(ActiveMQConnectionFactory factory) {
        factory.setMinLargeMessageSize(LARGE_FROM);
        factory.setBlockOnDurableSend(true);
        // Java serialization never: an ObjectMessage that gets this far finds nothing it may become.
        factory.setDeserializationDenyList("*");
        return factory;
    }

    /** Common to all addresses: nothing is dropped, nothing is made up by a name that somebody sent. */
    static AddressSettings addressSettings() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(Channels.DEAD))
                .setExpiryAddress(SimpleString.of(Channels.EXPIRED))
                .setMaxDeliveryAttempts(-1)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(64L * MIB)
                .setPageSizeBytes(4 * MIB)
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setIDCacheSize(20_000);
    }
}
