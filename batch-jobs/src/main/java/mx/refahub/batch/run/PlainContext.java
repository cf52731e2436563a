package mx.refahub.batch.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.core.repository.ExecutionContextSerializer;

/**
 * Batch's execution contexts as lines {@code key=T:value}, readable in the database. Batch's own default is Java serialization, which
 * this house does not use; our contexts hold whole numbers, flags and short texts only.
 */
final class PlainContext implements ExecutionContextSerializer {
    @Override
    public void serialize(Map<String, Object> context, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> entry : context.entrySet()) {
            String value = switch (entry.getValue()) {
                case Long l -> "L:" + l;
                case Integer i -> "I:" + i;
                case Boolean b -> "B:" + b;
                case String s when s.indexOf('\n') < 0 -> "S:" + s;
                case Object other ->
                    throw new IllegalArgumentException("context value of " + entry.getKey() + " is a "
                            + other.getClass().getName());
            };
            text.append(entry.getKey()).append('=').append(value).append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, Object> deserialize(InputStream in) throws IOException {
        return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    static Map<String, Object> read(String text) {
        Map<String, Object> context = new HashMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (equals < 0) continue;
            String value = line.substring(equals + 3);
            context.put(
                    line.substring(0, equals),
                    switch (line.charAt(equals + 1)) {
                        case 'L' -> Long.valueOf(value);
                        case 'I' -> Integer.valueOf(value);
                        case 'B' -> Boolean.valueOf(value);
                        case 'S' -> value;
                        default -> throw new IllegalArgumentException("context line '" + line + "'");
                    });
        }
        return context;
    }
}
