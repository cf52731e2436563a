package mx.refahub.adapters.amazon;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Checks JSON against a JSON Schema draft-07 or a Swagger 2.0 definition, as far as Amazon's files use them. A keyword that it does not know fails: nothing is
 * passed over in silence.
 */
final class Schema {
    private static final Set<String> WORDS_ONLY = Set.of(
            "description",
            "title",
            "example",
            "examples",
            "default",
            "$comment",
            "$schema",
            "$id",
            "name",
            "in",
            "collectionFormat",
            "externalDocs",
            "readOnly");

    private final JsonNode root;

    Schema(JsonNode root) {
        this.root = root;
    }

    /** What is wrong, each with its place; empty if nothing is. */
    List<String> check(JsonNode schema, JsonNode value) {
        List<String> wrong = new ArrayList<>();
        check(schema, value, "$", wrong);
        return wrong;
    }

    JsonNode resolve(JsonNode schema) {
        String ref = schema.path("$ref").asString("");
        return ref.isEmpty() ? schema : root.at(ref.substring(1));
    }

    private void check(JsonNode written, JsonNode value, String at, List<String> wrong) {
        if (written.isBoolean()) {
            if (!written.booleanValue()) wrong.add(at + " must not be there");
            return;
        }
        JsonNode schema = resolve(written);
        if (schema.isMissingNode()) throw new IllegalStateException("no " + written);
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            JsonNode rule = keyword.getValue();
            switch (keyword.getKey()) {
                case "type" -> type(rule, value, at, wrong);
                case "required" -> {
                    if (rule.isArray())
                        for (JsonNode name : rule)
                            if (value.isObject() && !value.has(name.asString("")))
                                wrong.add(at + " lacks " + name.asString(""));
                }
                case "properties" -> {
                    for (Map.Entry<String, JsonNode> property : rule.properties())
                        if (value.isObject() && value.has(property.getKey()))
                            check(
                                    property.getValue(),
                                    value.get(property.getKey()),
                                    at + "." + property.getKey(),
                                    wrong);
                }
                case "additionalProperties" -> {
                    for (Map.Entry<String, JsonNode> property : value.properties())
                        if (!schema.path("properties").has(property.getKey()))
                            check(rule, property.getValue(), at + "." + property.getKey(), wrong);
                }
                case "items" -> {
                    for (int i = 0; i < value.size() && value.isArray(); i++)
                        check(rule, value.get(i), at + "[" + i + "]", wrong);
                }
                case "enum" -> {
                    boolean one = false;
                    for (JsonNode choice : rule) one |= choice.equals(value);
                    if (!one) wrong.add(at + " is " + value + ", none of " + rule);
                }
                case "const" -> {
                    if (!rule.equals(value)) wrong.add(at + " is " + value + ", not " + rule);
                }
                case "minItems" -> bound(!value.isArray() || value.size() >= rule.asInt(), at, keyword.getKey(), wrong);
                case "maxItems" -> bound(!value.isArray() || value.size() <= rule.asInt(), at, keyword.getKey(), wrong);
                case "minProperties" ->
                    bound(!value.isObject() || value.size() >= rule.asInt(), at, keyword.getKey(), wrong);
                case "minimum" ->
                    bound(!value.isNumber() || value.asDouble() >= rule.asDouble(), at, keyword.getKey(), wrong);
                case "maximum" ->
                    bound(!value.isNumber() || value.asDouble() <= rule.asDouble(), at, keyword.getKey(), wrong);
                case "minLength" ->
                    bound(!value.isString() || value.asString().length() >= rule.asInt(), at, keyword.getKey(), wrong);
                case "maxLength" ->
                    bound(!value.isString() || value.asString().length() <= rule.asInt(), at, keyword.getKey(), wrong);
                case "pattern" ->
                    bound(
                            !value.isString()
                                    || Pattern.compile(rule.asString())
                                            .matcher(value.asString())
                                            .find(),
                            at,
                            keyword.getKey(),
                            wrong);
                case "uniqueItems" ->
                    bound(
                            !value.isArray() || value.valueStream().distinct().count() == value.size(),
                            at,
                            "uniqueItems",
                            wrong);
                case "format" -> format(rule.asString(""), value, at, wrong);
                case "oneOf" -> {
                    int fits = 0;
                    for (JsonNode choice : rule) if (check(choice, value).isEmpty()) fits++;
                    if (fits != 1) wrong.add(at + " fits " + fits + " of the choices");
                }
                case "allOf" -> rule.forEach(part -> check(part, value, at, wrong));
                default -> {
                    if (!WORDS_ONLY.contains(keyword.getKey())
                            && !keyword.getKey().startsWith("x-"))
                        throw new IllegalStateException("keyword " + keyword.getKey() + " at " + at);
                }
            }
        }
    }

    private static void type(JsonNode rule, JsonNode value, String at, List<String> wrong) {
        boolean fits = false;
        if (rule.isArray()) for (JsonNode one : rule) fits |= is(one.asString(""), value);
        else fits = is(rule.asString(""), value);
        if (!fits) wrong.add(at + " is " + value.getNodeType() + ", not " + rule);
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("type " + type);
        };
    }

    private static void format(String format, JsonNode value, String at, List<String> wrong) {
        if (!format.equals("date-time") || !value.isString()) return;
        try {
            OffsetDateTime.parse(value.asString());
        } catch (DateTimeParseException notTime) {
            wrong.add(at + " is no time: " + value);
        }
    }

    private static void bound(boolean holds, String at, String keyword, List<String> wrong) {
        if (!holds) wrong.add(at + " breaks " + keyword);
    }
}
