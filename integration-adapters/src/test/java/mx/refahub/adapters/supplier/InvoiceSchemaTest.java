package mx.refahub.adapters.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** SAT's own schema beside the reader: what it takes is what SAT would take. The schema lies outside of the project and is not part of it. */
class InvoiceSchemaTest {
    private static Path data() {
        String named = System.getenv("REFAHUB_SHARED_DATA");
        Path found = (named == null ? Path.of("..", "..", "shared", "data") : Path.of(named)).resolve("cfdi");
        if (!Files.isDirectory(found)) System.out.println("ORACLES NOT RUN: 1 (no CFDI schema at " + found + ")");
        assumeTrue(Files.isDirectory(found), "ORACLES NOT RUN: 1");
        return found;
    }

    /** Without the 52,513 product codes, which take seconds to load and which no document's structure depends on. */
    private static Schema schema(Path folder) throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
            if (systemId == null || !systemId.endsWith("catCFDI.xsd")) return null;
            try (Stream<Path> files = Files.walk(folder)) {
                Path file = files.filter(each -> each.endsWith("catCFDI.xsd"))
                        .findFirst()
                        .orElseThrow();
                return new Text(
                        withoutProducts(Files.readString(file)),
                        systemId,
                        file.toUri().toString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return factory.newSchema(new Source[] {
            new StreamSource(folder.resolve("cfdi40-driver.xsd").toFile())
        });
    }

    private static String withoutProducts(String xsd) {
        int from = xsd.indexOf("name=\"c_ClaveProdServ\"");
        int to = xsd.indexOf("</xs:simpleType>", from);
        return xsd.substring(0, from)
                + xsd.substring(from, to).replaceAll("<xs:enumeration value=\"[^\"]*\"\\s*/>", "")
                + xsd.substring(to);
    }

    @Test
    void every_invoice_that_the_reader_takes_is_valid_by_sats_schema_and_a_spoilt_one_is_not() throws Exception {
        Path data = data();
        Schema schema = schema(data.resolve("schemas"));
        List<Path> files;
        try (Stream<Path> all = Files.list(data.resolve("samples/dev"))) {
            files = all.filter(file -> file.toString().endsWith(".xml")).toList();
        }
        InvoiceReader reader = new InvoiceReader();
        int taken = 0;
        for (Path file : files) {
            byte[] xml = Files.readAllBytes(file);
            if (!reader.read(xml).fold(invoice -> true, refusal -> false)) continue;
            schema.newValidator().validate(new StreamSource(file.toFile()));
            taken++;
        }
        assertThat(taken).isGreaterThanOrEqualTo(3);

        String whole = Files.readString(data.resolve("samples/dev/cfdiutils_cfdi40-valid.xml"));
        for (String[] change : new String[][] {
            {" TipoDeComprobante=\"I\"", " TipoDeComprobante=\"X\""},
            {" Version=\"4.0\"", ""},
            {" LugarExpedicion=\"[0-9]{5}\"", " LugarExpedicion=\"1\""}
        })
            assertThatThrownBy(() -> schema.newValidator()
                            .validate(new StreamSource(new StringReader(whole.replaceFirst(change[0], change[1])))))
                    .as(change[0])
                    .isInstanceOf(SAXException.class);
        String spoilt = whole.replaceFirst(" TipoDeComprobante=\"I\"", " TipoDeComprobante=\"X\"");
        String answer = reader.read(spoilt.getBytes(StandardCharsets.UTF_8))
                .fold(invoice -> "taken", refusal -> refusal.code());
        assertThat(answer).isEqualTo("invoice-kind");
    }

    /** A text as the resolver hands it over. */
    private record Text(String text, String systemId, String base) implements LSInput {
        @Override
        public java.io.Reader getCharacterStream() {
            return new StringReader(text);
        }

        @Override
        public void setCharacterStream(java.io.Reader reader) {}

        @Override
        public java.io.@Nullable InputStream getByteStream() {
            return null;
        }

        @Override
        public void setByteStream(java.io.InputStream stream) {}

        @Override
        public @Nullable String getStringData() {
            return null;
        }

        @Override
        public void setStringData(String data) {}

        @Override
        public String getSystemId() {
            return systemId;
        }

        @Override
        public void setSystemId(String id) {}

        @Override
        public @Nullable String getPublicId() {
            return null;
        }

        @Override
        public void setPublicId(String id) {}

        @Override
        public String getBaseURI() {
            return base;
        }

        @Override
        public void setBaseURI(String uri) {}

        @Override
        public @Nullable String getEncoding() {
            return null;
        }

        @Override
        public void setEncoding(String encoding) {}

        @Override
        public boolean getCertifiedText() {
            return false;
        }

        @Override
        public void setCertifiedText(boolean certified) {}
    }
}
