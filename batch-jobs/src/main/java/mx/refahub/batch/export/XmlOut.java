package mx.refahub.batch.export;

import com.fasterxml.aalto.stax.OutputFactoryImpl;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements of a standard's file, one after the other. */
final class XmlOut implements Closeable {
    private final OutputStream bytes;
    private final XMLStreamWriter out;

    XmlOut(Path file) throws IOException {
        bytes = new BufferedOutputStream(Files.newOutputStream(file));
        try {
            out = new OutputFactoryImpl().createXMLStreamWriter(bytes, "UTF-8");
            out.writeStartDocument("UTF-8", "1.0");
        } catch (XMLStreamException e) {
            bytes.close();
            throw new IOException("beginning " + file, e);
        }
    }

    /** @param attributes name and value by turns */
    XmlOut open(String name, String... attributes) throws IOException {
        try {
            out.writeStartElement(name);
            for (int i = 0; i < attributes.length; i += 2) out.writeAttribute(attributes[i], attributes[i + 1]);
            return this;
        } catch (XMLStreamException e) {
            throw new IOException(name, e);
        }
    }

    XmlOut close(int elements) throws IOException {
        try {
            for (int i = 0; i < elements; i++) out.writeEndElement();
            out.writeCharacters("\n");
            return this;
        } catch (XMLStreamException e) {
            throw new IOException("end of an element", e);
        }
    }

    /** An element of text; none if there is no text. */
    XmlOut leaf(String name, String text, String... attributes) throws IOException {
        if (text.isEmpty()) return this;
        open(name, attributes);
        try {
            out.writeCharacters(text);
            out.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IOException(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        try (OutputStream closing = bytes) {
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IOException("end of the file", e);
        }
    }
}
