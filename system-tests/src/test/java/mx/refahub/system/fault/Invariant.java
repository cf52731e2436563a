package mx.refahub.system.fault;

/** What must hold after every round; docs/reliability.md. */
enum Invariant {
    I1("no acknowledged sale is missing"),
    I2("none is doubled"),
    I3("ledger = summary, store = hub"),
    I4("cash sessions add up on both sides"),
    I5("all landed in time, hashes equal"),
    I6("order per key, no gaps per node"),
    I7("folios without gaps"),
    I8("a payment is quick under any fault"),
    I9("tenders = total"),
    I10("the files are sound, the relay comes back"),
    I11("at most one outward effect per cause"),
    I12("a loss of redundancy is told within 60 s");

    private final String says;

    Invariant(String says) {
        this.says = says;
    }

    String says() {
        return says;
    }
}
