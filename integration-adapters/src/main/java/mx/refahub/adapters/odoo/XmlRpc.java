package mx.refahub.adapters.odoo;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** XML-RPC as Python's {@code xmlrpc.client} writes it, line by line. Reads without DTD and entities. */
final class XmlRpc {
    private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();
    private static final int DEEPEST = 40;

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        FACTORY.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    /** @param method empty in an answer; @param fault its code, null if it is none; @param values of the call, or the one value of the answer */
    record Message(String method, @Nullable Integer fault, String faultText, List<@Nullable Object> values) {}

    private XmlRpc() {}

    static byte[] call(String method, List<?> parameters) {
        StringBuilder to = new StringBuilder("<?xml version='1.0'?>\n<methodCall>\n<methodName>")
                .append(escaped(method))
                .append("</methodName>\n<params>\n");
        for (Object each : parameters) {
            to.append("<param>\n");
            value(to, each);
            to.append("</param>\n");
        }
        return to.append("</params>\n</methodCall>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] answer(Object value) {
        StringBuilder to = new StringBuilder("<?xml version=\"1.0\"?>\n<methodResponse>\n<params>\n<param>\n");
        value(to, value);
        return to.append("</param>\n</params>\n\n</methodResponse>\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] fault(int code, String text) {
        StringBuilder to = new StringBuilder("<?xml version=\"1.0\"?>\n<methodResponse>\n<fault>\n");
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("faultCode", code);
        parts.put("faultString", text);
        value(to, parts);
        return to.append("</fault>\n</methodResponse>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(StringBuilder to, @Nullable Object value) {
        to.append("<value>");
        switch (value) {
            case null -> throw new IllegalArgumentException("nothing cannot be sent");
            case Boolean flag -> to.append("<boolean>").append(flag ? 1 : 0).append("</boolean>");
            case Integer number -> to.append("<int>").append(number).append("</int>");
            case Long number ->
                to.append("<int>").append(Math.toIntExact(number)).append("</int>");
            case BigDecimal number ->
                to.append("<double>").append(number.toPlainString()).append("</double>");
            case String text -> to.append("<string>").append(escaped(text)).append("</string>");
            case List<?> list -> {
                to.append("<array><data>\n");
                list.forEach(each -> value(to, each));
                to.append("</data></array>");
            }
            case Map<?, ?> map -> {
                to.append("<struct>\n");
                map.forEach((key, each) -> {
                    to.append("<member>\n<name>").append(escaped((String) key)).append("</name>\n");
                    value(to, each);
                    to.append("</member>\n");
                });
                to.append("</struct>");
            }
            default ->
                throw new IllegalArgumentException("a " + value.getClass().getName() + " cannot be sent");
        }
        to.append("</value>\n");
    }

    private static String escaped(String text) {
        StringBuilder to = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(each -> {
            switch (each) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                default -> {
                    // XML 1.0 has no other control characters, surrogates or non-characters, written in whatever way.
                    if (each == '\n'
                            || each == '\t'
                            || each >= ' ' && each != 0xFFFE && each != 0xFFFF && (each < 0xD800 || each > 0xDFFF))
                        to.appendCodePoint(each);
                }
            }
        });
        return to.toString();
    }

    /** @throws XMLStreamException if it is not XML-RPC */
    static Message read(byte[] body) throws XMLStreamException {
        XMLStreamReader in = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
        try {
            String method = "";
            Integer fault = null;
            String faultText = "";
            List<@Nullable Object> values = new ArrayList<>();
            boolean inFault = false;
            boolean known = false;
            boolean closed = false;
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.DTD) throw new XMLStreamException("XML-RPC with a DTD");
                if (event == XMLStreamConstants.END_ELEMENT && in.getLocalName().startsWith("method")) closed = true;
                if (event != XMLStreamConstants.START_ELEMENT) continue;
                switch (in.getLocalName()) {
                    case "methodCall", "methodResponse" -> known = true;
                    case "methodName" -> method = in.getElementText();
                    case "fault" -> inFault = true;
                    case "value" -> {
                        Object value = value(in, 0);
                        if (inFault && value instanceof Map<?, ?> parts) {
                            fault = parts.get("faultCode") instanceof Number code ? code.intValue() : 0;
                            faultText = String.valueOf(parts.get("faultString"));
                        } else values.add(value);
                    }
                    case "params", "param" -> {}
                    default -> throw new XMLStreamException("XML-RPC does not have " + in.getLocalName());
                }
            }
            if (!known || !closed) throw new XMLStreamException("not XML-RPC");
            return new Message(method, fault, faultText, values);
        } catch (NumberFormatException e) {
            throw new XMLStreamException("XML-RPC with a number that is none", e);
        } finally {
            in.close();
        }
    }

    /** From its start tag to its end tag. A value without a type is text. */
    private static @Nullable Object value(XMLStreamReader in, int depth) throws XMLStreamException {
        if (depth > DEEPEST) throw new XMLStreamException("XML-RPC nested too deep");
        StringBuilder bare = new StringBuilder();
        Object found = null;
        boolean typed = false;
        while (true) {
            int event = in.next();
            switch (event) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                    bare.append(in.getText());
                case XMLStreamConstants.START_ELEMENT -> {
                    typed = true;
                    found = typed(in, depth);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return typed ? found : bare.toString();
                }
                default -> {}
            }
        }
    }

    private static @Nullable Object typed(XMLStreamReader in, int depth) throws XMLStreamException {
        return switch (in.getLocalName()) {
            case "int", "i4", "i8" -> Long.valueOf(in.getElementText().strip());
            case "double" -> new BigDecimal(in.getElementText().strip());
            case "boolean" -> in.getElementText().strip().equals("1");
            case "string", "dateTime.iso8601" -> in.getElementText();
            case "base64" -> new String(Base64.getMimeDecoder().decode(in.getElementText()), StandardCharsets.UTF_8);
            case "nil" -> {
                in.getElementText();
                yield null;
            }
            case "array" -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int event = in.next(); ; event = in.next()) {
                    if (event == XMLStreamConstants.START_ELEMENT
                            && in.getLocalName().equals("value")) list.add(value(in, depth + 1));
                    else if (event == XMLStreamConstants.END_ELEMENT
                            && in.getLocalName().equals("array")) break;
                }
                yield list;
            }
            case "struct" -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                String name = "";
                for (int event = in.next(); ; event = in.next()) {
                    if (event == XMLStreamConstants.START_ELEMENT
                            && in.getLocalName().equals("name")) name = in.getElementText();
                    else if (event == XMLStreamConstants.START_ELEMENT
                            && in.getLocalName().equals("value")) map.put(name, value(in, depth + 1));
                    else if (event == XMLStreamConstants.END_ELEMENT
                            && in.getLocalName().equals("struct")) break;
                }
                yield map;
            }
            default -> throw new XMLStreamException("XML-RPC has no type " + in.getLocalName());
        };
    }
}
