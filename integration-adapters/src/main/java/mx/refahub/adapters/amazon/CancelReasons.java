package mx.refahub.adapters.amazon;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Why a line was cancelled, in words of a shop in Mexico. The model (Orders 2026-01-01, {@code ItemCancellation}) says that the reason is free text and gives two examples; buyers choose
 * from Amazon's list. One that is not known is passed on as Amazon's own words.
 */
final class CancelReasons {
    private static final Map<String, String> WORDS = words();

    private CancelReasons() {}

    private static Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        String mistake = "Lo pidió por error";
        String late = "No llegaría a tiempo";
        String cheaper = "Lo encontró más barato en otra parte";
        String regret = "Se arrepintió de la compra";
        words.put("orderedbymistake", mistake);
        words.put("ordercreatedbymistake", mistake);
        words.put("boughtbymistake", mistake);
        words.put("itemswouldnotarriveontime", late);
        words.put("itemwouldnotarriveontime", late);
        words.put("shippingcosttoohigh", "El envío le salía muy caro");
        words.put("itempricetoohigh", "Le pareció caro");
        words.put("foundcheapersomewhereelse", cheaper);
        words.put("foundabetterprice", cheaper);
        words.put("needtochangeshippingaddress", "Quiere otra dirección de envío");
        words.put("needtochangeshippingspeed", "Quiere otra forma de envío");
        words.put("needtochangebillingaddress", "Quiere otra dirección de facturación");
        words.put("needtochangepaymentmethod", "Quiere pagar de otra forma");
        words.put("changedmindaboutpurchase", regret);
        words.put("nolongerneeded", "Ya no lo necesita");
        words.put("buyerrequestedcancellation", "El comprador pidió cancelar");
        words.put("buyercanceled", "El comprador canceló");
        words.put("noinventory", "No había existencia");
        words.put("other", "Otro motivo");
        return words;
    }

    /** @param cancellation of an item @return empty where nothing is told */
    static String of(JsonNode cancellation) {
        String asked =
                cancellation.path("cancellationRequest").path("cancelReason").asString("");
        JsonNode done = cancellation.path("cancellationExecution");
        String reason = asked.isBlank() ? done.path("cancelReason").asString("") : asked;
        return reason.isBlank() ? by(done.path("cancelledBy").asString("")) : said(reason.strip());
    }

    private static String said(String reason) {
        String known = WORDS.get(reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
        return known == null ? "Amazon dice: «" + reason + "»" : known;
    }

    private static String by(String who) {
        return switch (who) {
            case "BUYER" -> "La canceló el comprador";
            case "MERCHANT" -> "La canceló la tienda en su panel de Amazon";
            case "AMAZON" -> "La canceló Amazon";
            default -> "";
        };
    }
}
