package mx.refahub.search;

import mx.refahub.domain.part.Fitment;

/**
 * A vehicle as one term of the index: make, model, engine, body and a run of model years. What belongs together stays together, so that a part which
 * fits a Jetta 2010 and a Golf 2015 never answers for a Golf 2010; and a fitment is one posting however many years it spans.
 *
 * @param engine empty for any
 * @param body empty for any; one or several
 */
record Vehicle(String make, String model, String engine, String body, int from, int to) {
    private static final char SEPARATOR = '\u001f';
    /** Before a body, behind the engine: a program that knows of no bodies reads it as a word of the engine, and one without a body is as it ever was. */
    private static final char BODY = '\u001e';

    static Vehicle of(Fitment fitment) {
        return new Vehicle(
                Text.clean(fitment.make()),
                Text.clean(fitment.model()),
                Text.clean(fitment.engine()),
                Text.clean(fitment.body()),
                fitment.yearFrom(),
                fitment.yearTo());
    }

    static Vehicle ofTerm(String term) {
        int model = term.indexOf(SEPARATOR) + 1;
        int engine = term.indexOf(SEPARATOR, model) + 1;
        int from = term.indexOf(SEPARATOR, engine) + 1;
        int to = term.indexOf(SEPARATOR, from) + 1;
        int body = term.indexOf(BODY, engine);
        return new Vehicle(
                term.substring(0, model - 1),
                term.substring(model, engine - 1),
                term.substring(engine, body < 0 ? from - 1 : body),
                body < 0 ? "" : term.substring(body + 1, from - 1),
                Integer.parseInt(term, from, to - 1, 10),
                Integer.parseInt(term, to, term.length(), 10));
    }

    /** Sorts by make and model, as {@link VehicleTable} reads it. */
    String term() {
        return make
                + SEPARATOR
                + model
                + SEPARATOR
                + engine
                + (body.isEmpty() ? "" : BODY + body)
                + SEPARATOR
                + from
                + SEPARATOR
                + to;
    }

    /** For people: {@code Volkswagen Jetta 2.5 2011–2018}. */
    String text() {
        String named = String.join(" ", make, model, engine).strip();
        return (named + ' ' + body).strip() + ' ' + (from == to ? "" + from : from + "–" + to);
    }

    static String modelTerm(String make, String model) {
        return Text.key(make) + SEPARATOR + Text.key(model);
    }
}
