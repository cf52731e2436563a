package mx.refahub.pos.web;

import java.util.List;

/**
 * The one page of a front end. Its files lie in {@code classpath:/NAME/} and are served under {@code /assets/NAME/}; its
 * {@code index.html} is served at each of the pages, with the import map put where it says {@code <!--importmap-->}.
 *
 * @param name folder on the class path
 * @param pages path patterns at which the page itself is served, e.g. {@code /} or {@code /console/**}
 */
public record Shell(String name, List<String> pages) {
    public Shell {
        pages = List.copyOf(pages);
    }
}
