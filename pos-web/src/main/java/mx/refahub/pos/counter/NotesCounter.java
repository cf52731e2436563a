package mx.refahub.pos.counter;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import mx.refahub.domain.cash.DayPapers;
import mx.refahub.domain.note.HandOvers;
import mx.refahub.domain.note.Notes;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.sale.SaleHistory;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.pos.web.MessageFile;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Notes and hand-overs at the counter: their calls and their words. */
@Configuration(proxyBeanMethods = false)
class NotesCounter {
    @Bean
    MessageFile notesMessages() {
        return new MessageFile("messages_pos_notes");
    }

    @Bean
    AccessTable notesAccess() {
        return () -> List.of(
                row(GET, "/pos/api/notes", Permission.SALE_MAKE),
                row(POST, "/pos/api/tickets/{id}/note", Permission.SALE_MAKE),
                row(POST, "/pos/api/notes/{ticket}/reprint", Permission.SALE_MAKE),
                row(DELETE, "/pos/api/notes/{ticket}", Permission.SALE_MAKE),
                row(POST, "/pos/api/registers/{id}/notes", Permission.CASH_RUN),
                row(GET, "/pos/api/sales", Permission.SALES_SEE),
                row(GET, "/pos/api/cash/days/{day}/papers", Permission.CASH_SEE),
                row(POST, "/pos/api/cash/deposits", Permission.CASH_SEE),
                row(POST, "/pos/api/cash/deposits/{id}/reprint", Permission.CASH_SEE),
                row(GET, "/pos/api/hand-overs", Permission.HAND_OVER),
                row(POST, "/pos/api/hand-overs/look", Permission.HAND_OVER),
                row(POST, "/pos/api/sales/{id}/hand-overs", Permission.HAND_OVER));
    }

    @Bean
    SaleHistoryApi saleHistoryApi(SaleHistory history, PartCatalogue catalogue, PartSearch search) {
        return new SaleHistoryApi(history, catalogue, search);
    }

    @Bean
    DayPapersApi dayPapersApi(DayPapers papers) {
        return new DayPapersApi(papers);
    }

    @Bean
    NotesApi notesApi(Notes notes, HandOvers handOvers) {
        return new NotesApi(notes, handOvers);
    }

    private static AccessRow row(HttpMethod method, String pattern, Permission permission) {
        return AccessRow.roles(method, pattern, permission.roles());
    }
}
