package mx.refahub.adapters.odoo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mx.refahub.domain.Failure;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Books postings. A move is made as a draft and posted by its id, and a draft moves no account: whatever happens to the request that makes drafts (lost, twice,
 * late), each reference is posted once, since only what a search has shown to be without a posted move is posted, and drafts that were made beside it are removed.
 * Odoo does not hold a reference to be unique, so the search comes first. A payment has no such draft in Odoo's own wizard: one that was made twice is cancelled.
 */
final class OdooPostings {
    private static final String POSTED = "posted";
    private static final String DRAFT = "draft";
    private static final int MOST = 1_000;
    private static final Set<String> CANCELLED = Set.of("cancel", "canceled", "cancelled", "rejected");
    private static final List<String> OF_MOVES = List.of("ref", "name", "state", "move_type", "amount_total");

    private final OdooDatabase database;
    private final OdooCalls calls;
    private @Nullable OdooRefused refusedAll;

    OdooPostings(OdooDatabase database) {
        this.database = database;
        calls = database.calls();
    }

    List<Delivery> deliver(List<Posting> postings) {
        @Nullable Delivery[] outcomes = new Delivery[postings.size()];
        try {
            moves(postings, outcomes, each -> each instanceof Posting.Entry || each instanceof Posting.Invoice);
            moves(postings, outcomes, each -> each instanceof Posting.CreditNote || each instanceof Posting.Bill);
            payments(postings, outcomes);
        } catch (Failure e) {
            rest(outcomes, new Delivery.Unreachable(String.valueOf(e.getMessage()), null));
        } catch (OdooRefused e) {
            // Of the whole call, not of one posting: the key, or what the user may ask for.
            refusedAll = e;
            rest(outcomes, new Delivery.Unreachable(OdooSentences.of(e), OdooGateway.UNTIL_MENDED));
        }
        return Arrays.asList(outcomes).stream()
                .map(each ->
                        each == null ? new Delivery.Unreachable("Odoo no dijo qué fue de él", Duration.ZERO) : each)
                .toList();
    }

    /** What Odoo said to the whole call, if it did not take it. */
    @Nullable
    OdooRefused refusedAll() {
        return refusedAll;
    }

    private static void rest(@Nullable Delivery[] outcomes, Delivery with) {
        for (int i = 0; i < outcomes.length; i++) if (outcomes[i] == null) outcomes[i] = with;
    }

    private interface Choice {
        boolean takes(Posting posting);
    }

    // Entries, invoices, credit notes.

    private void moves(List<Posting> postings, @Nullable Delivery[] outcomes, Choice choice) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < postings.size(); i++)
            if (choice.takes(postings.get(i))
                    && places.putIfAbsent(postings.get(i).reference(), i) != null)
                throw new IllegalArgumentException("posting " + postings.get(i).reference() + " stands there twice");
        if (places.isEmpty()) return;

        Map<String, List<OdooRecord>> there = byReference(places.keySet());
        Map<String, Long> drafts = new LinkedHashMap<>();
        List<Long> stale = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        places.forEach((reference, place) -> {
            List<OdooRecord> found = there.getOrDefault(reference, List.of());
            OdooRecord posted = first(found, POSTED);
            if (posted != null) {
                outcomes[place] = new Delivery.Delivered(name(posted), true);
                found.stream().filter(each -> each.text("state").equals(DRAFT)).forEach(each -> stale.add(each.id()));
                return;
            }
            if (!found.isEmpty() && first(found, DRAFT) == null)
                outcomes[place] = new Delivery.Refused(
                        "",
                        "En Odoo está " + name(found.getFirst())
                                + " con esa referencia, cancelado. Regrésalo a borrador o bórralo allá.");
            else missing.add(reference);
        });

        anew(postings, places, there, missing, drafts);
        Map<String, Map<String, Object>> values = values(postings, places, missing, outcomes);
        Map<String, OdooRefused> refused = new LinkedHashMap<>();
        drafts.putAll(created(values, refused));
        weigh(postings, places, drafts, outcomes, stale);
        post(drafts, refused);
        settle(places, drafts, refused, outcomes, stale);
        remove(stale);
    }

    /** A draft of before may be of accounts that a person has changed since: it goes, and is made anew. One that Odoo keeps, for it was posted once, is posted again. */
    private void anew(
            List<Posting> postings,
            Map<String, Integer> places,
            Map<String, List<OdooRecord>> there,
            Set<String> missing,
            Map<String, Long> drafts) {
        List<OdooRecord> left = missing.stream()
                .flatMap(each -> there.getOrDefault(each, List.of()).stream())
                .filter(each -> each.text("state").equals(DRAFT))
                .toList();
        if (left.isEmpty()) return;
        try {
            calls.execute(OdooCall.act(
                    OdooModels.MOVE, "unlink", left.stream().map(OdooRecord::id).toList()));
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.KEY) throw e;
            for (OdooRecord each : left)
                if (same(each, total(postings.get(at(places, each.text("ref")))))) {
                    drafts.putIfAbsent(each.text("ref"), each.id());
                    missing.remove(each.text("ref"));
                }
        }
    }

    private Map<String, List<OdooRecord>> byReference(Set<String> references) {
        Map<String, List<OdooRecord>> found = new HashMap<>();
        for (OdooRecord each : calls.records(OdooCall.searchRead(
                        OdooModels.MOVE, List.of(OdooCall.where("ref", "in", List.copyOf(references))), OF_MOVES)
                .ordered("id", MOST)))
            found.computeIfAbsent(each.text("ref"), any -> new ArrayList<>()).add(each);
        return found;
    }

    /** What each is made of; one that lacks something is refused by itself. */
    private Map<String, Map<String, Object>> values(
            List<Posting> postings, Map<String, Integer> places, Set<String> missing, @Nullable Delivery[] outcomes) {
        if (missing.isEmpty()) return Map.of();
        List<Posting> made =
                missing.stream().map(each -> postings.get(at(places, each))).toList();
        Codes codes = codes(made);
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (Posting each : made)
            try {
                all.put(each.reference(), values(each, codes));
            } catch (OdooRefused e) {
                outcomes[at(places, each.reference())] = new Delivery.Refused("", OdooSentences.of(e));
            }
        return all;
    }

    /** Ids of all that these postings name, in one call for each kind of thing at most. */
    private record Codes(
            Map<String, Long> journals,
            Map<String, Long> accounts,
            Map<String, Long> centers,
            Map<String, Long> partners,
            Map<String, Long> products,
            Map<String, Long> taxes,
            Map<String, Long> purchaseTaxes,
            Map<String, Long> corrected) {
        static long of(Map<String, Long> ids, String what, String code) {
            Long id = ids.get(code);
            if (id == null)
                throw new OdooRefused(OdooRefused.Kind.MISSING, "No está en Odoo " + what + " " + code + ".");
            return id;
        }
    }

    private Codes codes(List<Posting> postings) {
        Set<String> journals = new TreeSet<>();
        Set<String> accounts = new TreeSet<>();
        Set<String> centers = new TreeSet<>();
        Set<String> partners = new TreeSet<>();
        Set<String> products = new TreeSet<>();
        Set<String> taxes = new TreeSet<>();
        Set<String> purchaseTaxes = new TreeSet<>();
        Set<String> corrected = new TreeSet<>();
        for (Posting each : postings)
            switch (each) {
                case Posting.Entry(JournalEntry entry) -> {
                    journals.add(database.journal());
                    for (JournalEntry.Line line : entry.lines()) {
                        accounts.add(line.account());
                        centers.add(line.costCenter());
                    }
                }
                case Posting.Invoice invoice -> {
                    journals.add(database.salesJournal());
                    partners.add(invoice.customer());
                    invoice.lines().forEach(line -> {
                        products.add(line.item());
                        taxes.add(line.tax());
                    });
                }
                case Posting.CreditNote note -> {
                    journals.add(database.salesJournal());
                    partners.add(note.customer());
                    if (!note.corrects().isEmpty()) corrected.add(note.corrects());
                    note.lines().forEach(line -> {
                        products.add(line.item());
                        taxes.add(line.tax());
                    });
                }
                case Posting.Bill bill -> {
                    partners.add(bill.supplier());
                    bill.lines().forEach(line -> {
                        products.add(line.item());
                        purchaseTaxes.add(line.tax());
                    });
                }
                case Posting.Payment payment -> throw new IllegalArgumentException("payment " + payment.reference());
            }
        Map<String, Long> invoices = new HashMap<>();
        if (!corrected.isEmpty())
            byReference(corrected).forEach((reference, found) -> {
                OdooRecord posted = first(found, POSTED);
                if (posted != null) invoices.put(reference, posted.id());
            });
        return new Codes(
                database.journals(journals),
                database.accounts(accounts),
                database.centers(centers),
                partners.isEmpty() ? Map.of() : database.partners(partners),
                database.products(products),
                database.taxes(taxes),
                database.purchaseTaxes(purchaseTaxes),
                invoices);
    }

    private Map<String, Object> values(Posting posting, Codes codes) {
        Map<String, Object> values = new LinkedHashMap<>();
        switch (posting) {
            case Posting.Entry(JournalEntry entry) -> {
                values.put("move_type", "entry");
                values.put("ref", entry.reference());
                values.put("date", entry.day().toString());
                values.put("journal_id", Codes.of(codes.journals(), "el diario", database.journal()));
                List<Map<String, Object>> lines = new ArrayList<>();
                for (JournalEntry.Line line : entry.lines()) lines.add(line(entry, line, codes));
                values.put("line_ids", OdooCall.lines(lines));
            }
            case Posting.Invoice invoice -> {
                sold(values, "out_invoice", invoice, invoice.customer(), codes);
                values.put("invoice_line_ids", lines(invoice.lines(), codes, codes.taxes()));
            }
            case Posting.CreditNote note -> {
                sold(values, "out_refund", note, note.customer(), codes);
                values.put("invoice_line_ids", lines(note.lines(), codes, codes.taxes()));
                Long invoice = codes.corrected().get(note.corrects());
                if (invoice != null) values.put("reversed_entry_id", invoice);
            }
            case Posting.Bill bill -> {
                // Without a journal Odoo takes its own of purchases.
                document(values, bill.credit() ? "in_refund" : "in_invoice", bill);
                values.put("partner_id", Codes.of(codes.partners(), "el proveedor", bill.supplier()));
                if (!bill.theirs().isEmpty()) values.put("invoice_origin", bill.theirs());
                values.put("invoice_line_ids", lines(bill.lines(), codes, codes.purchaseTaxes()));
            }
            case Posting.Payment payment -> throw new IllegalArgumentException("payment " + payment.reference());
        }
        return values;
    }

    private Map<String, Object> line(JournalEntry entry, JournalEntry.Line line, Codes codes) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", entry.concept());
        values.put("account_id", Codes.of(codes.accounts(), "la cuenta", line.account()));
        values.put("debit", line.debit().amount());
        values.put("credit", line.credit().amount());
        if (!line.costCenter().isEmpty()) {
            long center = Codes.of(codes.centers(), "la cuenta analítica", line.costCenter());
            if (OdooModels.field(OdooModels.MOVE_LINE, "analytic_distribution").isIn(calls.version()))
                values.put("analytic_distribution", Map.of(Long.toString(center), 100));
            else values.put("analytic_account_id", center);
        }
        return values;
    }

    private void sold(Map<String, Object> values, String type, Posting posting, String customer, Codes codes) {
        document(values, type, posting);
        values.put("journal_id", Codes.of(codes.journals(), "el diario", database.salesJournal()));
        values.put("partner_id", Codes.of(codes.partners(), "el cliente", customer));
    }

    private static void document(Map<String, Object> values, String type, Posting posting) {
        values.put("move_type", type);
        values.put("ref", posting.reference());
        values.put("invoice_date", posting.day().toString());
    }

    private static List<Object> lines(List<Posting.Line> lines, Codes codes, Map<String, Long> taxes) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Posting.Line line : lines) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("product_id", Codes.of(codes.products(), "el producto", line.item()));
            priced(values, line);
            values.put(
                    "tax_ids",
                    OdooCall.set(
                            line.tax().isEmpty() ? List.of() : List.of(Codes.of(taxes, "el impuesto", line.tax()))));
            all.add(values);
        }
        return OdooCall.lines(all);
    }

    /**
     * Odoo keeps prices with two decimals unless told otherwise and a discount as a percentage: neither gives every amount back. So the price is that after the
     * discount where it comes out even, and else the line is one piece whose text says how many.
     */
    private static void priced(Map<String, Object> values, Posting.Line line) {
        BigDecimal base = line.base().amount();
        BigDecimal quantity = line.quantity().value();
        if (quantity.signum() > 0) {
            BigDecimal price = base.divide(quantity, base.scale(), RoundingMode.HALF_UP);
            if (price.multiply(quantity).compareTo(base) == 0) {
                values.put("name", line.description());
                values.put("quantity", quantity);
                values.put("price_unit", price);
                return;
            }
        }
        values.put("name", line.description() + " × " + line.quantity().text());
        values.put("quantity", 1);
        values.put("price_unit", base);
    }

    /** All in one call; if Odoo does not take them together, each by itself, so that one that it refuses does not hold the others. */
    private Map<String, Long> created(Map<String, Map<String, Object>> values, Map<String, OdooRefused> refused) {
        Map<String, Long> made = new LinkedHashMap<>();
        if (values.isEmpty()) return made;
        try {
            List<Long> ids = calls.ids(OdooCall.create(OdooModels.MOVE, List.copyOf(values.values())));
            if (ids.size() != values.size())
                throw Failure.retryable("Odoo creó " + ids.size() + " de " + values.size() + " pólizas", null);
            int next = 0;
            for (String reference : values.keySet()) made.put(reference, ids.get(next++));
            return made;
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.KEY) throw e;
            if (e.kind() == OdooRefused.Kind.MISSING) database.forget();
            if (values.size() == 1) {
                refused.put(values.keySet().iterator().next(), e);
                return made;
            }
        }
        values.forEach((reference, one) -> made.putAll(created(Map.of(reference, one), refused)));
        return made;
    }

    /** Odoo calculates taxes itself: a document that it sums differently is not posted, nor left behind. */
    private void weigh(
            List<Posting> postings,
            Map<String, Integer> places,
            Map<String, Long> drafts,
            @Nullable Delivery[] outcomes,
            List<Long> stale) {
        Map<Long, String> documents = new LinkedHashMap<>();
        drafts.forEach((reference, id) -> {
            if (!(postings.get(at(places, reference)) instanceof Posting.Entry)) documents.put(id, reference);
        });
        if (documents.isEmpty()) return;
        for (OdooRecord each : calls.records(
                OdooCall.read(OdooModels.MOVE, List.copyOf(documents.keySet()), List.of("amount_total")))) {
            String reference = documents.get(each.id());
            if (reference == null) continue;
            Money total = total(postings.get(at(places, reference)));
            if (same(each, total)) continue;
            outcomes[at(places, reference)] = new Delivery.Refused(
                    "",
                    "Odoo calcula un total de "
                            + Money.rounded(each.number("amount_total"), Money.MXN)
                                    .text() + " y el documento es de " + total.text()
                            + ". Revisa el impuesto y su redondeo en Odoo (por línea).");
            stale.add(each.id());
            drafts.remove(reference);
        }
    }

    private void post(Map<String, Long> drafts, Map<String, OdooRefused> refused) {
        if (drafts.isEmpty()) return;
        try {
            calls.execute(OdooCall.act(OdooModels.MOVE, "action_post", List.copyOf(drafts.values())));
        } catch (OdooRefused e) {
            if (e.kind() == OdooRefused.Kind.KEY) throw e;
            if (drafts.size() == 1) refused.put(drafts.keySet().iterator().next(), e);
            else drafts.forEach((reference, id) -> post(Map.of(reference, id), refused));
        }
    }

    /** Not what Odoo answered to the posting counts, but what it shows afterwards. */
    private void settle(
            Map<String, Integer> places,
            Map<String, Long> drafts,
            Map<String, OdooRefused> refused,
            @Nullable Delivery[] outcomes,
            List<Long> stale) {
        Map<String, List<OdooRecord>> there = drafts.isEmpty() ? Map.of() : byReference(drafts.keySet());
        drafts.forEach((reference, id) -> {
            List<OdooRecord> found = there.getOrDefault(reference, List.of());
            OdooRecord posted = first(found, POSTED);
            int place = at(places, reference);
            OdooRefused why = refused.get(reference);
            if (posted != null) outcomes[place] = new Delivery.Delivered(name(posted), false);
            else if (why != null) outcomes[place] = new Delivery.Refused("", OdooSentences.of(why));
            else outcomes[place] = new Delivery.Unreachable("Odoo no confirmó " + reference, null);
            // Made beside it by a request that came twice; or not postable, and made anew when it is sent again.
            if (posted != null || why != null)
                found.stream().filter(each -> each.text("state").equals(DRAFT)).forEach(each -> stale.add(each.id()));
        });
        refused.forEach((reference, why) -> {
            if (!drafts.containsKey(reference))
                outcomes[at(places, reference)] = new Delivery.Refused("", OdooSentences.of(why));
        });
    }

    private void remove(List<Long> stale) {
        if (stale.isEmpty()) return;
        try {
            calls.execute(OdooCall.act(OdooModels.MOVE, "unlink", stale));
        } catch (OdooRefused | Failure e) {
            // A draft moves no account; the next delivery of its reference removes it.
        }
    }

    private static @Nullable OdooRecord first(List<OdooRecord> found, String state) {
        return found.stream()
                .filter(each -> each.text("state").equals(state))
                .findFirst()
                .orElse(null);
    }

    private static String name(OdooRecord record) {
        String name = record.text("name");
        return name.isEmpty() || name.equals("/") ? Long.toString(record.id()) : name;
    }

    private static boolean same(OdooRecord record, Money total) {
        return Money.rounded(record.number("amount_total"), total.currency()).equals(total);
    }

    private static Money total(Posting posting) {
        return switch (posting) {
            case Posting.Entry(JournalEntry entry) -> entry.sum();
            case Posting.Invoice invoice -> invoice.total();
            case Posting.CreditNote note -> note.total();
            case Posting.Bill bill -> bill.total();
            case Posting.Payment payment -> payment.amount();
        };
    }

    private static int at(Map<String, Integer> places, String reference) {
        Integer place = places.get(reference);
        if (place == null) throw new IllegalStateException("no place of " + reference);
        return place;
    }

    // Payments.

    private void payments(List<Posting> postings, @Nullable Delivery[] outcomes) {
        Map<String, Integer> places = new LinkedHashMap<>();
        Set<String> documents = new TreeSet<>();
        Set<String> tenders = new TreeSet<>();
        for (int i = 0; i < postings.size(); i++)
            if (postings.get(i) instanceof Posting.Payment payment) {
                places.put(payment.reference(), i);
                documents.add(payment.document());
                tenders.add(payment.tender());
            }
        if (places.isEmpty()) return;

        Map<String, List<OdooRecord>> there = payments(places.keySet());
        Set<String> missing = new LinkedHashSet<>();
        places.forEach((reference, place) -> {
            List<OdooRecord> found = there.getOrDefault(reference, List.of());
            if (found.isEmpty()) missing.add(reference);
            else outcomes[place] = new Delivery.Delivered(name(found.getFirst()), true);
        });
        once(there);
        if (missing.isEmpty()) return;

        Map<String, List<OdooRecord>> moves = byReference(documents);
        Map<String, Long> journals = database.journals(tenders);
        Map<String, OdooRefused> refused = new HashMap<>();
        Failure stopped = null;
        for (String reference : missing) {
            Posting.Payment payment = (Posting.Payment) postings.get(at(places, reference));
            try {
                pay(payment, first(moves.getOrDefault(payment.document(), List.of()), POSTED), journals);
            } catch (OdooRefused e) {
                if (e.kind() == OdooRefused.Kind.KEY) throw e;
                refused.put(reference, e);
            } catch (Failure e) {
                stopped = e;
                break;
            }
        }
        Map<String, List<OdooRecord>> made = payments(missing);
        for (String reference : missing) {
            List<OdooRecord> found = made.getOrDefault(reference, List.of());
            OdooRefused why = refused.get(reference);
            if (!found.isEmpty())
                outcomes[at(places, reference)] = new Delivery.Delivered(name(found.getFirst()), false);
            else if (why != null) outcomes[at(places, reference)] = new Delivery.Refused("", OdooSentences.of(why));
        }
        once(made);
        if (stopped != null) throw stopped;
    }

    /** By Odoo's own wizard, which books and matches it in one transaction. */
    private void pay(Posting.Payment payment, @Nullable OdooRecord document, Map<String, Long> journals) {
        if (document == null)
            throw new OdooRefused(
                    OdooRefused.Kind.MISSING,
                    "No está registrado en Odoo el documento " + payment.document() + ", que este pago salda.");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("amount", payment.amount().amount());
        values.put("payment_date", payment.day().toString());
        values.put("journal_id", Codes.of(journals, "el diario", payment.tender()));
        values.put("communication", payment.reference());
        List<Long> wizard = calls.ids(OdooCall.create(OdooModels.REGISTER, List.of(values))
                .in(Map.of("active_model", OdooModels.MOVE, "active_ids", List.of(document.id()))));
        calls.execute(OdooCall.act(OdooModels.REGISTER, "action_create_payments", wizard));
    }

    /** Cancelled ones aside, oldest first. */
    private Map<String, List<OdooRecord>> payments(Set<String> references) {
        String memo = OdooModels.field(OdooModels.PAYMENT, "memo").isIn(calls.version()) ? "memo" : "ref";
        Map<String, List<OdooRecord>> found = new HashMap<>();
        for (OdooRecord each : calls.records(OdooCall.searchRead(
                        OdooModels.PAYMENT,
                        List.of(OdooCall.where(memo, "in", List.copyOf(references))),
                        List.of(memo, "name", "state"))
                .ordered("id", MOST)))
            if (!CANCELLED.contains(each.text("state")))
                found.computeIfAbsent(each.text(memo), any -> new ArrayList<>()).add(each);
        return found;
    }

    /** Of payments with one reference all but the oldest are cancelled. */
    private void once(Map<String, List<OdooRecord>> payments) {
        List<Long> more = payments.values().stream()
                .flatMap(each -> each.stream().skip(1))
                .map(OdooRecord::id)
                .toList();
        if (more.isEmpty()) return;
        calls.execute(OdooCall.act(OdooModels.PAYMENT, "action_draft", more));
        calls.execute(OdooCall.act(OdooModels.PAYMENT, "action_cancel", more));
    }
}
