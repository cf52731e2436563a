package mx.refahub.pos.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;

/** Writes a front end's page, rendered once at start. */
final class ShellPages implements HttpRequestHandler {
    private static final Pattern VENDOR = Pattern.compile("vendor:([a-z_-]+/[^\"]+)");

    private final byte[] page;

    ShellPages(Shell shell, ImportMap imports) {
        String path = "/" + shell.name() + "/index.html";
        try (InputStream in = ShellPages.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalStateException("no " + path + " on the class path");
            String html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Matcher vendor = VENDOR.matcher(html);
            html = vendor.replaceAll(found -> Matcher.quoteReplacement(imports.address(found.group(1))));
            page = html.replace("<!--importmap-->", "<script type=\"importmap\">" + imports.json() + "</script>")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    static Map<String, ShellPages> byPattern(Iterable<Shell> shells, ImportMap imports) {
        Map<String, ShellPages> pages = new HashMap<>();
        for (Shell shell : shells) {
            ShellPages page = new ShellPages(shell, imports);
            for (String pattern : shell.pages()) pages.put(pattern, page);
        }
        return pages;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-cache");
        response.getOutputStream().write(page);
    }
}
