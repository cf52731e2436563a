package mx.refahub.store.stock;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.TransferNumber;
import mx.refahub.domain.wire.TransferRow;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/** Of one part of a transfer. Values are shares of the whole, so that the parts of a transfer that comes in pieces add up to it. */
record OnTheWay(long sent, long sentValue, long arrived) {
    OnTheWay after(long pieces) {
        return new OnTheWay(sent, sentValue, arrived + pieces);
    }

    long open() {
        return Math.max(0, sent - arrived);
    }

    long worth(long pieces) {
        if (sent == 0) return 0;
        return Math.max(0, Holding.share(sentValue, arrived + pieces, sent) - Holding.share(sentValue, arrived, sent));
    }

    /** What the hub told; of an own transfer what the books say, too. Empty: only the paper knows of it. */
    static Map<PartId, OnTheWay> of(Session session, TransferNumber number, @Nullable TransferRow heard, UUID me)
            throws SQLException {
        Map<PartId, OnTheWay> ways = new HashMap<>();
        Map<PartId, TransferRow.LineRow> lines = new HashMap<>();
        if (heard != null)
            for (TransferRow.LineRow line : heard.lines()) {
                lines.put(new PartId(line.part()), line);
                ways.put(new PartId(line.part()), new OnTheWay(line.sent(), line.sentValue(), line.arrived()));
            }
        boolean mine = heard == null || heard.from().equals(me);
        session.all(
                """
                select part_id, sent, sent_value, arrived
                from transfer_line
                where number = ?
                """,
                row -> {
                    PartId part = new PartId(row.id("part_id"));
                    TransferRow.LineRow told = lines.get(part);
                    if (told != null)
                        ways.put(
                                part,
                                new OnTheWay(told.sent(), told.sentValue(), told.arrivedWith(row.number("arrived"))));
                    else if (mine && row.number("sent") > 0)
                        ways.put(
                                part,
                                new OnTheWay(row.number("sent"), row.number("sent_value"), row.number("arrived")));
                    return part;
                },
                number.value());
        return ways;
    }
}
