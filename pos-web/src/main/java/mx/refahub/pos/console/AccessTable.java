package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** Every call of the console's API with the permission that it needs. What is not in this table is refused to everyone. */
final class AccessTable {
    /** @param permission null when the call is open to people who have not signed in */
    record Row(HttpMethod method, String pattern, @Nullable Permission permission) {}

    static final List<Row> ROWS = List.of(
            open(GET, "/api/setup"),
            open(POST, "/api/setup"),
            open(GET, "/console/api/session"),
            open(POST, "/console/api/session"),
            open(DELETE, "/console/api/session"),
            open(POST, "/console/api/session/redeem"),
            row(GET, "/console/api/attention", Permission.STORES_READ),
            row(GET, "/console/api/events", Permission.STORES_READ),
            row(GET, "/console/api/stores", Permission.STORES_READ),
            row(GET, "/console/api/stores/{id}", Permission.STORES_READ),
            row(POST, "/console/api/stores/{id}/commands", Permission.STORES_COMMAND),
            row(POST, "/console/api/activations", Permission.STORES_ADD),
            row(GET, "/console/api/documents", Permission.DOCUMENTS_READ),
            row(GET, "/console/api/documents/{id}", Permission.DOCUMENTS_READ),
            row(GET, "/api/v1/catalog/**", Permission.CATALOGUE_READ),
            row(GET, "/console/api/jobs", Permission.JOBS_READ),
            row(POST, "/console/api/jobs/{job}/runs", Permission.JOBS_RUN),
            row(GET, "/console/api/runs", Permission.JOBS_READ),
            row(GET, "/console/api/runs/{id}", Permission.JOBS_READ),
            row(GET, "/console/api/runs/{id}/rejects", Permission.JOBS_READ),
            row(POST, "/console/api/runs/{id}/stop", Permission.JOBS_RUN),
            row(POST, "/console/api/runs/{id}/restart", Permission.JOBS_RUN),
            row(GET, "/console/api/routes", Permission.ROUTES_READ),
            row(POST, "/console/api/codes", Permission.CODES_ISSUE));

    private AccessTable() {}

    private static Row open(HttpMethod method, String pattern) {
        return new Row(method, pattern, null);
    }

    private static Row row(HttpMethod method, String pattern, Permission permission) {
        return new Row(method, pattern, permission);
    }
}
