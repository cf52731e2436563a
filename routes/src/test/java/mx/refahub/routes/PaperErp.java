package mx.refahub.routes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.OutsideKind;

/** An ERP on paper: books by reference, once, and loses a reply when told to. */
public final class PaperErp implements ErpGateway {
    public final Map<String, String> booked = new LinkedHashMap<>();
    public final List<Integer> calls = new ArrayList<>();
    /** For the next calls: throw, lose the reply, refuse. */
    public final Deque<String> next = new ArrayDeque<>();

    @Override
    public OutsideKind kind() {
        return new OutsideKind("paper", true, "", List.of());
    }

    @Override
    public Outcome<String> probe(Connection connection) {
        return Outcome.done("paper");
    }

    @Override
    public ErpTarget target() {
        return ErpTarget.SAP;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public List<Refusal> lacks(Wanted wanted) {
        return List.of();
    }

    @Override
    public int batch() {
        return 2;
    }

    @Override
    public synchronized List<Delivery> deliver(List<Posting> postings) {
        calls.add(postings.size());
        String how = next.isEmpty() ? "" : next.poll();
        if (how.equals("throw")) throw new IllegalStateException("a mistake of ours");
        List<Delivery> outcomes = new ArrayList<>();
        for (Posting each : postings) {
            if (how.equals("refuse")) {
                outcomes.add(new Delivery.Refused("-1", "no"));
                continue;
            }
            boolean there = booked.containsKey(each.reference());
            booked.putIfAbsent(each.reference(), "id-" + (booked.size() + 1));
            outcomes.add(
                    how.equals("lose")
                            ? new Delivery.Unreachable("lost", null)
                            : new Delivery.Delivered(String.valueOf(booked.get(each.reference())), there));
        }
        return outcomes;
    }

    @Override
    public List<Delivery> put(List<? extends Master> masters) {
        return List.of();
    }

    @Override
    public Changes changedSince(Master.Kind kind, Set<String> places, String cursor, int most) {
        return new Changes(List.of(), cursor, false);
    }
}
