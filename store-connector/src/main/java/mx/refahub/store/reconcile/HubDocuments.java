package mx.refahub.store.reconcile;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.reconcile.Cell;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Exchange;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Range;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.reconcile.Summary;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identity;

/** The hub's end, asked over HTTP. Every failure of the link is {@code RETRYABLE}. */
final class HubDocuments implements Side {
    private static final String PATH = "/api/hubs/reconciliation/";
    /** So many at a time, so that the hub's answer begins within its time limit. */
    private static final int DAYS = 7;

    private final HubHttp hub;
    private final Identity identity;

    HubDocuments(HubHttp hub, Identity identity) {
        this.hub = hub;
        this.identity = identity;
    }

    long landed() {
        return ask("cells", new Exchange.CellsCall(List.of(), 1, 1), Exchange.CellsAnswer.class)
                .landed();
    }

    @Override
    public Map<Cell, Summary> cells(List<Day> days, long first, long last) {
        Map<Cell, Summary> all = new LinkedHashMap<>();
        for (int at = 0; at < days.size(); at += DAYS) {
            List<Day> some = List.copyOf(days.subList(at, Math.min(days.size(), at + DAYS)));
            all.putAll(ask("cells", new Exchange.CellsCall(some, first, last), Exchange.CellsAnswer.class)
                    .asMap());
        }
        return all;
    }

    @Override
    public List<Summary> summaries(List<Range> ranges) {
        List<Summary> answer = ask("ranges", new Exchange.RangesCall(ranges), Exchange.SummariesAnswer.class)
                .summaries();
        return ofSize(ranges.size(), answer);
    }

    @Override
    public List<List<Mark>> marks(List<Range> ranges) {
        List<List<Mark>> answer = ask("marks", new Exchange.RangesCall(ranges), Exchange.MarksAnswer.class)
                .marks();
        return ofSize(ranges.size(), answer);
    }

    private static <T> List<T> ofSize(int asked, List<T> answer) {
        if (answer.size() != asked)
            throw Failure.retryable(
                    "the hub answered " + answer.size() + " of " + asked + " ranges",
                    new IllegalStateException("short answer"));
        return answer;
    }

    Exchange.Taken send(Frame frame) {
        return trying(() -> hub.send(identity, PATH + "documents", FrameCodec.encode(frame), Exchange.Taken.class));
    }

    void report(Report report) {
        ask("reports", report, Object.class);
    }

    private <T> T ask(String what, Object body, Class<T> answer) {
        return trying(() -> hub.ask(identity, PATH + what, body, answer));
    }

    private interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    private static <T> T trying(Call<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw Failure.retryable("el hub no contesta: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.retryable("interrupted", e);
        }
    }
}
