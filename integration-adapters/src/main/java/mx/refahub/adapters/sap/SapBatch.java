package mx.refahub.adapters.sap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OData 3.0 batch processing as the Service Layer speaks it: {@code multipart/mixed}, one change set for each request, so that one that is refused takes
 * no other with it.
 */
final class SapBatch {
    private static final String LINE = "\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*");
    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/mixed\\s*;.*?boundary=\"?([^\";\\s]+)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTENT_ID = Pattern.compile("(?im)^Content-ID:\\s*(\\d+)\\s*$");

    /** @param path from the Service Layer's root, as {@code JournalEntries} */
    record Request(String method, String path, String body) {}

    /** @param id of the request, 1 for the first; 0 where the answer does not say */
    record Answer(int id, int status, String body) {}

    private SapBatch() {}

    /** @param root path of the Service Layer, as {@code /b1s/v1/} */
    static byte[] write(String boundary, String root, List<Request> requests) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < requests.size(); i++) {
            Request each = requests.get(i);
            String set = "changeset_" + (i + 1);
            out.append("--").append(boundary).append(LINE);
            out.append("Content-Type: multipart/mixed; boundary=")
                    .append(set)
                    .append(LINE)
                    .append(LINE);
            out.append("--").append(set).append(LINE);
            out.append("Content-Type: application/http").append(LINE);
            out.append("Content-Transfer-Encoding: binary").append(LINE);
            out.append("Content-ID: ").append(i + 1).append(LINE).append(LINE);
            out.append(each.method())
                    .append(' ')
                    .append(root)
                    .append(each.path())
                    .append(LINE);
            out.append("Content-Type: application/json").append(LINE).append(LINE);
            out.append(each.body()).append(LINE);
            out.append("--").append(set).append("--").append(LINE);
        }
        return out.append("--")
                .append(boundary)
                .append("--")
                .append(LINE)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static Optional<String> boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * The answers that are whole, in their order.
     *
     * @throws SapTrouble {@code LOST} if the end is missing and nothing at all can be read
     */
    static List<Answer> read(String boundary, String body) throws SapTrouble {
        List<Answer> answers = new ArrayList<>();
        for (String part : parts(boundary, body)) {
            Optional<String> inner = boundary(head(part));
            if (inner.isEmpty()) answer(part).ifPresent(answers::add);
            else for (String each : parts(inner.get(), tail(part))) answer(each).ifPresent(answers::add);
        }
        if (answers.isEmpty()) throw new SapTrouble(SapTrouble.Kind.LOST, "the batch's answer has no part");
        return answers;
    }

    /** Without one that is not closed by a further boundary: it may be half. */
    static List<String> parts(String boundary, String body) {
        List<String> parts = new ArrayList<>();
        String mark = "--" + boundary;
        int at = body.indexOf(mark);
        while (at >= 0) {
            int from = at + mark.length();
            int next = body.indexOf(mark, from);
            if (next < 0) break;
            parts.add(body.substring(from, next).strip());
            at = next;
        }
        return parts;
    }

    static String head(String part) {
        int end = blank(part);
        return end < 0 ? part : part.substring(0, end);
    }

    static String tail(String part) {
        int end = blank(part);
        return end < 0 ? "" : part.substring(end).strip();
    }

    private static int blank(String part) {
        int crlf = part.indexOf("\r\n\r\n");
        int lf = part.indexOf("\n\n");
        return crlf < 0 ? lf : lf < 0 ? crlf : Math.min(crlf, lf);
    }

    private static Optional<Answer> answer(String part) {
        Matcher status = STATUS.matcher(part);
        if (!status.find()) return Optional.empty();
        Matcher id = CONTENT_ID.matcher(part);
        return Optional.of(new Answer(
                id.find() ? Integer.parseInt(id.group(1)) : 0,
                Integer.parseInt(status.group(1)),
                tail(part.substring(status.start()))));
    }
}
