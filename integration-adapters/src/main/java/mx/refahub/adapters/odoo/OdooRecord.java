package mx.refahub.adapters.odoo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as {@code read} and {@code search_read} give it: what is empty is {@code false}, a link is its id and name. */
record OdooRecord(String model, Map<String, @Nullable Object> values) {
    static OdooRecord of(String model, Map<?, ?> values) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        values.forEach((key, value) -> all.put((String) key, value));
        return new OdooRecord(model, all);
    }

    long id() {
        return values.get("id") instanceof Number id ? id.longValue() : 0;
    }

    /** Empty where it is empty. */
    String text(String field) {
        return of(field) instanceof String text ? text : "";
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(of(field));
    }

    /** Zero where it is empty. A float of the server: whoever needs cents rounds. */
    BigDecimal number(String field) {
        return switch (of(field)) {
            case BigDecimal number -> number;
            case Number number -> BigDecimal.valueOf(number.longValue());
            case null, default -> BigDecimal.ZERO;
        };
    }

    /** 0 where it is empty. */
    long link(String field) {
        return switch (of(field)) {
            case List<?> pair when !pair.isEmpty() && pair.getFirst() instanceof Number id -> id.longValue();
            case Number id -> id.longValue();
            case null, default -> 0;
        };
    }

    /** The name of what it links to; empty where it is empty. */
    String linkName(String field) {
        return of(field) instanceof List<?> pair && pair.size() > 1 ? String.valueOf(pair.get(1)) : "";
    }

    List<Long> links(String field) {
        List<Long> ids = new ArrayList<>();
        if (of(field) instanceof List<?> list)
            for (Object each : list) if (each instanceof Number id) ids.add(id.longValue());
        return ids;
    }

    private @Nullable Object of(String field) {
        OdooModels.field(model, field);
        return values.get(field);
    }
}
