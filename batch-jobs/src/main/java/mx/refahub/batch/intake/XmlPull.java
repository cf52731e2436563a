package mx.refahub.batch.intake;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import mx.refahub.batch.run.RunRefused;
import org.codehaus.stax2.XMLInputFactory2;
import org.jspecify.annotations.Nullable;

/**
 * Elements of an XML file one after the other, in memory that does not grow with the file: no declarations (DTD), so no entities of its
 * own and none from elsewhere; bounded depth, names, texts and attributes. Whatever is wrong with it becomes a refusal with a sentence.
 */
public final class XmlPull implements Closeable {
    private static final int MAX_DEPTH = 64;
    /** Distinct names of elements and attributes, and distinct prefixes: a parser remembers each for ever. */
    private static final int MAX_NAMES = 2_000;

    private static final long MAX_EVENT = 4 << 20;
    private static final XMLInputFactory FACTORY = factory();

    private final String file;
    private final InputStream bytes;
    private final GuardedInput guard;
    private final XMLStreamReader reader;
    private final Set<String> names = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();
    private int depth;

    private static XMLInputFactory factory() {
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }

    /**
     * @param file name for the sentences
     * @param bytes closed with this
     * @throws RunRefused if it is not XML
     */
    public XmlPull(String file, InputStream bytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        guard = new GuardedInput(bytes, MAX_EVENT);
        try {
            reader = FACTORY.createXMLStreamReader(guard);
        } catch (XMLStreamException e) {
            bytes.close();
            throw refused(e, 1);
        }
    }

    /** Moves to the next start of an element at any depth; false at the end of the file. */
    public boolean nextElement() throws IOException {
        while (true) {
            int event = step();
            if (event == XMLStreamConstants.START_ELEMENT) return true;
            if (event == XMLStreamConstants.END_DOCUMENT) return false;
        }
    }

    /** Moves to the next start of an element inside the one whose depth this is; false behind its end. */
    public boolean nextInside(int outer) throws IOException {
        while (depth >= outer) {
            int event = step();
            if (event == XMLStreamConstants.START_ELEMENT) return true;
            if (event == XMLStreamConstants.END_DOCUMENT) return false;
        }
        return false;
    }

    /** How many elements are open; the root's is 1. */
    public int depth() {
        return depth;
    }

    public String name() {
        return reader.getLocalName();
    }

    /** Empty if it is not there. */
    public String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++)
            if (reader.getAttributeLocalName(i).equals(name)) {
                String value = reader.getAttributeValue(i);
                return value == null ? "" : value.strip();
            }
        return "";
    }

    public long line() {
        return reader.getLocation().getLineNumber();
    }

    /** The text of the element that was just met and of all in it, and moves behind its end. */
    public String text(int maxLength) throws IOException {
        return text(maxLength, null);
    }

    /** @param but an element inside whose text does not count */
    String text(int maxLength, @Nullable String but) throws IOException {
        int outer = depth;
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = step();
            if (event == XMLStreamConstants.END_ELEMENT && depth < outer) return text.toString();
            if (event == XMLStreamConstants.START_ELEMENT && name().equals(but)) {
                skip();
                continue;
            }
            if (event != XMLStreamConstants.CHARACTERS && event != XMLStreamConstants.CDATA) continue;
            if (text.length() + reader.getTextLength() > maxLength)
                throw refuse("trae un texto de más de " + maxLength + " caracteres en el renglón " + line());
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
    }

    /** Moves behind the end of the element that was just met. */
    public void skip() throws IOException {
        int outer = depth;
        while (depth >= outer) if (step() == XMLStreamConstants.END_DOCUMENT) return;
    }

    private int step() throws IOException {
        try {
            guard.event();
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH)
                        throw refuse("sus elementos están uno dentro de otro a más de " + MAX_DEPTH + " niveles");
                    checkNames();
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD ->
                    throw refuse("trae una declaración DOCTYPE, que aquí no se admite; quítela");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refuse("usa una entidad que no es del XML mismo en el renglón " + line());
                case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                    if (names.add("?" + reader.getPITarget()) && names.size() > MAX_NAMES) throw tooManyNames();
                }
                default -> {}
            }
            return event;
        } catch (XMLStreamException | UncheckedStreamException e) {
            throw refused(e, reader.getLocation() == null ? 0 : line());
        }
    }

    private void checkNames() {
        boolean fresh = names.add(name());
        String prefix = reader.getPrefix();
        if (prefix != null && !prefix.isEmpty()) fresh |= prefixes.add(prefix);
        for (int i = 0; i < reader.getAttributeCount(); i++) fresh |= names.add(reader.getAttributeLocalName(i));
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String declared = reader.getNamespacePrefix(i);
            if (declared != null) fresh |= prefixes.add(declared);
        }
        if (fresh && (names.size() > MAX_NAMES || prefixes.size() > MAX_NAMES)) throw tooManyNames();
    }

    private RunRefused tooManyNames() {
        return refuse("trae más de " + MAX_NAMES + " nombres distintos de elementos o atributos");
    }

    RunRefused refuse(String why) {
        return new RunRefused("El archivo «" + file + "» no se importó: " + why + ".");
    }

    private RunRefused refused(Exception e, long line) throws IOException {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof GuardedInput.TooLong)
                return refuse("trae un texto o una etiqueta de más de " + (MAX_EVENT >> 20) + " MB cerca del renglón "
                        + line);
            if (t instanceof IOException io && !(t instanceof java.io.CharConversionException)) {
                if (Workbook.isBomb(io)) throw io;
                if (!(io instanceof java.io.EOFException)) break;
            }
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("DOCTYPE") || message.contains("DTD"))
            return refuse("trae una declaración DOCTYPE, que aquí no se admite; quítela");
        if (message.contains("ntity")) return refuse("usa una entidad que no es del XML mismo en el renglón " + line);
        if (message.contains("nd-of-input") || message.contains("end of input") || message.contains("end-of-input"))
            return refuse("está incompleto: termina de pronto en el renglón " + line);
        if (message.contains("UTF-8") || message.contains("ncoding") || message.contains("byte"))
            return refuse(
                    "no está escrito en la codificación que dice su primera línea, o trae bytes dañados, en el renglón "
                            + line);
        return refuse("no es XML bien formado en el renglón " + line);
    }

    @Override
    public void close() throws IOException {
        try (InputStream closing = bytes) {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IOException("closing " + file, e);
        }
    }
}
