package mx.refahub.adapters.odoo;

import java.util.Locale;

/** How a server is spoken to. */
public enum OdooProtocol {
    /** JSON-2 where the server says that it is 19 or later, JSON-RPC where it is older. */
    AUTO,
    /** {@code POST /json/2/model/method} with an API key: 19 and later. */
    JSON_2,
    /** {@code /xmlrpc/2}: 14 to 18; 19 still answers it. */
    XML_RPC,
    /** {@code /jsonrpc}: 14 to 18; 19 still answers it. */
    JSON_RPC;

    /** As a setting writes it: {@code auto}, {@code json-2}, {@code xml-rpc}, {@code json-rpc}. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static OdooProtocol ofSetting(String text) {
        return valueOf(text.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
