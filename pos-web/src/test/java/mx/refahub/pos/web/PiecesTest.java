package mx.refahub.pos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The pieces that the pages are made of are elements of the browser, too. */
class PiecesTest {
    private static final Pattern PIECE = Pattern.compile("(?m)^(?:export )?class \\w+ extends ");
    /** A piece that is taken off its page is told so by {@code remove()}: one of its own would do its own work then, and stay. */
    private static final Pattern HIDES = Pattern.compile(
            "(?m)^  (?:async )?(remove|replaceWith|before|after|insertBefore|appendChild|removeChild|cloneNode|matches|closest)\\(");

    @Test
    void none_hides_what_the_browser_or_the_templates_call_on_it() throws IOException {
        List<String> pieces = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        for (String folder : List.of("pos", "console", "shared", "display"))
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:/" + folder + "/**/*.js")) {
                String script = file.getContentAsString(StandardCharsets.UTF_8);
                if (!PIECE.matcher(script).find() || !script.contains("customElements.define")) continue;
                pieces.add(file.getFilename());
                HIDES.matcher(script)
                        .results()
                        .forEach(method -> hidden.add(file.getFilename() + " " + method.group(1)));
            }

        assertThat(pieces).hasSizeGreaterThan(50);
        assertThat(hidden).isEmpty();
    }
}
