package mx.refahub.adapters.layout;

/**
 * Text for an attribute or an element of XML. What is not ASCII becomes a reference by number, so that the file says the same to whoever takes it for UTF-8, Windows-1252 or
 * anything else; what XML 1.0 cannot hold (control characters, halves of a pair) becomes a blank, as it does in the other formats.
 */
final class XmlText {
    private static final int LAST_ASCII = 0x7E;

    private XmlText() {}

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(each -> {
            switch (each) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    if (!isAllowed(each)) escaped.append(' ');
                    else if (each > LAST_ASCII)
                        escaped.append("&#").append(each).append(';');
                    else escaped.append((char) each);
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int each) {
        return !Character.isISOControl(each)
                && !(each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)
                && each != 0xFFFE
                && each != 0xFFFF;
    }
}
