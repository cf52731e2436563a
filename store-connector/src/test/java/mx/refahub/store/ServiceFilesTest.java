package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What is shipped for the service managers names the program as it is built, and restarts it where the program counts on that. */
class ServiceFilesTest {
    private static final Path CONFIG = Path.of("../config");
    private static final String JAR = "refahub-store-connector.jar";
    /** A cache that was made of a prepared start fits no other. */
    private static final String PREPARED = "-Dspring.aot.enabled=true";

    @Test
    void systemd() throws Exception {
        String unit = Files.readString(CONFIG.resolve("systemd/refahub-store.service"));

        assertThat(unit)
                .contains(
                        JAR,
                        PREPARED,
                        "Restart=always",
                        "SuccessExitStatus=143",
                        "UMask=0077",
                        "StateDirectoryMode=0700");
    }

    @Test
    void windows() throws Exception {
        Document service = xml("windows/refahub-store.xml");

        assertThat(service.getElementsByTagName("arguments").item(0).getTextContent())
                .contains(JAR, PREPARED);
        assertThat(service.getElementsByTagName("onfailure")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("action")
                        .getNodeValue())
                .isEqualTo("restart");
    }

    @Test
    void launchd() throws Exception {
        String text = xml("launchd/mx.refahub.store.plist").getDocumentElement().getTextContent();

        assertThat(text).contains(JAR, PREPARED, "KeepAlive", "ExitTimeOut");
    }

    @Test
    void the_rehearsal_is_started_as_the_services_are() throws Exception {
        assertThat(Files.readString(CONFIG.resolve("systemd/prepare.sh")))
                .contains(PREPARED, "-XX:+UseSerialGC", StoreConnectorApplication.REHEARSE);
    }

    private static Document xml(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        try (InputStream in = Files.newInputStream(CONFIG.resolve(name))) {
            return factory.newDocumentBuilder().parse(in);
        }
    }
}
