package mx.refahub.pos.web;

import mx.refahub.domain.part.Fitment;

/**
 * The vehicle that somebody stands at the counter with, as far as it is known; empty text and year 0 mean 'any'. What a fitment leaves open it leaves open
 * here too.
 */
record AskedVehicle(String make, String model, int year, String engine) {
    /** Without a make or a model nothing is said of any part. */
    boolean isAnswered(Fitment fitment) {
        return (!make.isBlank() || !model.isBlank())
                && agrees(make, fitment.make())
                && agrees(model, fitment.model())
                && (year == 0 || fitment.yearFrom() <= year && year <= fitment.yearTo())
                && (fitment.engine().isEmpty() || agrees(engine, fitment.engine()));
    }

    private static boolean agrees(String asked, String told) {
        return asked.isBlank() || asked.strip().equalsIgnoreCase(told);
    }
}
