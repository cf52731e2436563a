package mx.refahub.pos.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names of modules to addresses, versions as the WebJars on the class path have them. The one inline script: allowed by its hash. */
final class ImportMap {
    /** Module names of what we import from WebJars. */
    private static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "chart.js", "chart.js/dist/chart.js",
            "@kurkle/color", "kurkle__color/dist/color.esm.js",
            "lit", "lit/index.js",
            "lit/", "lit/",
            "lit-html", "lit-html/lit-html.js",
            "lit-html/", "lit-html/",
            "lit-element/lit-element.js", "lit-element/lit-element.js",
            "lit-element/", "lit-element/",
            "@lit/reactive-element", "lit__reactive-element/reactive-element.js",
            "@lit/reactive-element/", "lit__reactive-element/"));

    private final String json;
    private final Map<String, String> vendors = new TreeMap<>();

    ImportMap() {
        Map<String, String> imports = new TreeMap<>();
        MODULES.forEach((module, path) -> imports.put(module, address(path)));
        imports.put("shared/", "/assets/shared/");
        json = imports.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
                .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
    }

    /** {@code lit/index.js} to {@code /assets/vendor/lit/3.3.2/index.js}. */
    String address(String path) {
        int slash = path.indexOf('/');
        String jar = path.substring(0, slash);
        String version = vendors.computeIfAbsent(jar, ImportMap::version);
        return "/assets/vendor/" + jar + "/" + version + path.substring(slash);
    }

    String json() {
        return json;
    }

    /** As a Content-Security-Policy source. */
    String source() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String version(String jar) {
        String path = "/META-INF/maven/org.webjars.npm/" + jar + "/pom.properties";
        try (InputStream in = ImportMap.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalStateException("WebJar " + jar + " is not on the class path");
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
