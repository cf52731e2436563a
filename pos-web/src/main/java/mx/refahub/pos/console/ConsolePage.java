package mx.refahub.pos.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The one page of the console, under each of its addresses, and its texts. Library versions come from the class path. The only inline script is
 * the import map, let in by its hash.
 */
@RestController
final class ConsolePage {
    private static final Pattern VERSION = Pattern.compile("\\{\\{version:([a-z_-]+)}}");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private final Texts texts;
    private final byte[] html;
    private final String contentSecurityPolicy;

    ConsolePage(Texts texts) {
        this.texts = texts;
        String page = VERSION.matcher(read("/console/index.html")).replaceAll(ConsolePage::version);
        html = page.getBytes(StandardCharsets.UTF_8);
        Matcher map = IMPORT_MAP.matcher(page);
        if (!map.find()) throw new IllegalStateException("console/index.html has no import map");
        contentSecurityPolicy = "default-src 'none'; script-src 'self' 'sha256-" + sha256(map.group(1))
                + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self';"
                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }

    @GetMapping(
            path = {
                "/console",
                "/console/",
                "/console/stores/**",
                "/console/documents/**",
                "/console/jobs/**",
                "/console/runs/**",
                "/console/routes/**",
                "/console/catalogue/**"
            },
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> page() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(html);
    }

    @GetMapping("/console/texts/{language}")
    ResponseEntity<Map<String, String>> texts(@PathVariable String language) {
        if (!Texts.LANGUAGES.contains(language))
            return ResponseEntity.notFound().build();
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(texts.all(language));
    }

    private static String version(MatchResult library) {
        String path = "/META-INF/maven/org.webjars.npm/" + library.group(1) + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = ConsolePage.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalStateException("no " + path + " on the class path");
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Matcher.quoteReplacement(properties.getProperty("version"));
    }

    private static String read(String resource) {
        try (InputStream in = ConsolePage.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("no " + resource + " on the class path");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
