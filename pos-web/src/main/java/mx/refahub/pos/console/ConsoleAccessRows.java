package mx.refahub.pos.console;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import org.springframework.http.HttpMethod;

/** Every call of the console with the permission that it needs. */
final class ConsoleAccessRows implements AccessTable {
    @Override
    public List<AccessRow> rows() {
        return List.of(
                AccessRow.open(GET, "/").alsoBeforeSetup(),
                AccessRow.open(GET, "/console/").alsoBeforeSetup(),
                AccessRow.open(GET, "/api/setup").alsoBeforeSetup(),
                AccessRow.open(POST, "/api/setup").alsoBeforeSetup().withoutCsrf(),
                AccessRow.open(GET, "/console/api/session").alsoBeforeSetup(),
                AccessRow.open(POST, "/console/api/session"),
                AccessRow.open(DELETE, "/console/api/session"),
                AccessRow.open(POST, "/console/api/session/redeem"),
                row(GET, "/console/api/attention", Permission.STORES_READ),
                row(GET, "/console/api/sales-of-day", Permission.REPORTS_READ),
                row(GET, "/console/api/events", Permission.STORES_READ),
                row(GET, "/console/api/stores", Permission.STORES_READ),
                row(GET, "/console/api/stores/{id}", Permission.STORES_READ),
                row(POST, "/console/api/stores/{id}/commands", Permission.STORES_COMMAND),
                row(POST, "/console/api/activations", Permission.STORES_ADD),
                row(GET, "/console/api/documents", Permission.DOCUMENTS_READ),
                row(GET, "/console/api/documents/{id}", Permission.DOCUMENTS_READ),
                row(GET, "/console/api/removed-parts", Permission.CATALOGUE_READ),
                row(POST, "/console/api/parts", Permission.CATALOGUE_MEND),
                row(GET, "/console/api/parts/{id}", Permission.CATALOGUE_READ),
                row(PUT, "/console/api/parts/{id}", Permission.CATALOGUE_MEND),
                row(DELETE, "/console/api/parts/{id}", Permission.CATALOGUE_MEND),
                row(POST, "/console/api/parts/{id}/restore", Permission.CATALOGUE_MEND),
                row(GET, "/console/api/parts/{id}/changes", Permission.CATALOGUE_READ),
                row(POST, "/console/api/parts/{id}/changes/{change}/undo", Permission.CATALOGUE_MEND),
                row(POST, "/console/api/parts/{id}/images", Permission.CATALOGUE_MEND),
                row(POST, "/console/api/parts/{id}/images/address", Permission.CATALOGUE_MEND),
                row(PUT, "/console/api/parts/{id}/images", Permission.CATALOGUE_MEND),
                row(DELETE, "/console/api/parts/{id}/images/{hash}", Permission.CATALOGUE_MEND),
                row(POST, "/console/api/image-batches", Permission.CATALOGUE_MEND),
                row(GET, "/console/api/image-batches", Permission.CATALOGUE_READ),
                row(GET, "/console/api/image-batches/{id}", Permission.CATALOGUE_READ),
                row(GET, "/console/api/jobs", Permission.JOBS_READ),
                row(POST, "/console/api/jobs/{job}/runs", Permission.JOBS_RUN),
                row(GET, "/console/api/runs", Permission.JOBS_READ),
                row(GET, "/console/api/runs/{id}", Permission.JOBS_READ),
                row(GET, "/console/api/runs/{id}/rejects", Permission.JOBS_READ),
                row(POST, "/console/api/runs/{id}/stop", Permission.JOBS_RUN),
                row(POST, "/console/api/runs/{id}/restart", Permission.JOBS_RUN),
                row(GET, "/console/api/runs/{id}/preview", Permission.JOBS_READ),
                row(POST, "/console/api/runs/{id}/approve", Permission.JOBS_RUN),
                row(POST, "/console/api/runs/{id}/discard", Permission.JOBS_RUN),
                row(GET, "/console/api/runs/{id}/details", Permission.JOBS_READ),
                row(POST, "/console/api/runs/{id}/abandon", Permission.JOBS_RUN),
                row(GET, "/console/api/runs/{id}/undo", Permission.JOBS_READ),
                row(POST, "/console/api/runs/{id}/undo", Permission.JOBS_RUN),
                row(GET, "/console/api/runs/{id}/files", Permission.JOBS_READ),
                row(GET, "/console/api/runs/{id}/file", Permission.JOBS_READ),
                row(GET, "/console/api/mappings", Permission.JOBS_READ),
                row(POST, "/console/api/mappings", Permission.JOBS_RUN),
                row(DELETE, "/console/api/mappings", Permission.JOBS_RUN),
                row(POST, "/console/api/mappings/suggestion", Permission.JOBS_RUN),
                row(GET, "/console/api/schedules", Permission.JOBS_READ),
                row(POST, "/console/api/schedules/times", Permission.JOBS_READ),
                row(PUT, "/console/api/schedules/{id}", Permission.JOBS_RUN),
                row(DELETE, "/console/api/schedules/{id}", Permission.JOBS_RUN),
                row(POST, "/console/api/schedules/{id}/pause", Permission.JOBS_RUN),
                row(POST, "/console/api/schedules/{id}/resume", Permission.JOBS_RUN),
                row(GET, "/console/api/routes", Permission.ROUTES_READ),
                row(GET, "/console/api/staff", Permission.STAFF_MANAGE),
                row(POST, "/console/api/staff", Permission.STAFF_MANAGE),
                row(POST, "/console/api/staff/{id}", Permission.STAFF_MANAGE),
                row(POST, "/console/api/staff/{id}/remove", Permission.STAFF_MANAGE),
                row(POST, "/console/api/staff/{id}/bring-back", Permission.STAFF_MANAGE),
                row(GET, "/console/api/stock/{part}", Permission.STOCK_READ),
                row(GET, "/console/api/stock/{part}/movements", Permission.STOCK_READ),
                row(GET, "/console/api/transfers", Permission.STOCK_READ),
                row(POST, "/console/api/codes", Permission.CODES_ISSUE));
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
