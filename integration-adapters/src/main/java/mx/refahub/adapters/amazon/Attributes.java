package mx.refahub.adapters.amazon;

import mx.refahub.domain.market.Offer;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part as attributes of an Amazon listing: each is a list of objects that name their marketplace, texts also their language. Which of them a product type
 * wants is known live only (Product Type Definitions); what is missing comes back as an issue and is mended by the offer's own attributes, whose value is a
 * text or, beginning with {@code [}, the whole JSON list.
 */
final class Attributes {
    static final int LONGEST_TITLE = 200;
    static final int PICTURES = 9;
    private static final int LONGEST_DESCRIPTION = 2000;
    private static final int LONGEST_BULLET = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AmazonAccount account;

    Attributes(AmazonAccount account) {
        this.account = account;
    }

    /** Body of {@code putListingsItem}: the whole listing. */
    ObjectNode listing(Offer offer) {
        ObjectNode body = JSON.createObjectNode();
        body.put(
                "productType",
                offer.outsideCategory().isBlank()
                        ? account.productType()
                        : offer.outsideCategory().strip());
        body.put("requirements", account.offerOnly() ? "LISTING_OFFER_ONLY" : "LISTING");
        ObjectNode all = body.putObject("attributes");
        if (!account.offerOnly()) describe(offer, all);
        all.set("condition_type", plain("new_new"));
        if (!offer.barcode().isBlank()) {
            ObjectNode code = one();
            code.put(
                    "type",
                    offer.barcode().length() == 12 ? "upc" : offer.barcode().length() == 13 ? "ean" : "gtin");
            code.put("value", offer.barcode());
            all.set("externally_assigned_product_identifier", list(code));
        }
        all.set("purchasable_offer", price(offer.price()));
        all.set("list_price", listPrice(offer.price()));
        all.set("fulfillment_availability", stock(offer.pieces()));
        account.attributes().forEach((name, value) -> all.set(name, given(value)));
        offer.attributes().forEach((name, value) -> all.set(name, given(value)));
        return body;
    }

    private void describe(Offer offer, ObjectNode all) {
        all.set("item_name", said(cut(offer.title(), LONGEST_TITLE)));
        if (!offer.brand().isBlank()) {
            all.set("brand", said(offer.brand()));
            all.set("manufacturer", said(offer.brand()));
        }
        if (!offer.partNumber().isBlank()) {
            all.set("part_number", plain(offer.partNumber()));
            all.set("model_number", plain(offer.partNumber()));
        }
        String text = offer.description().isBlank() ? offer.title() : offer.description();
        all.set("product_description", said(cut(text, LONGEST_DESCRIPTION)));
        all.set("bullet_point", said(cut(text.replace('\n', ' '), LONGEST_BULLET)));
        // Without a barcode Amazon asks for an exemption, which it gives to a seller for a brand.
        if (offer.barcode().isBlank()) all.set("supplier_declared_has_product_identifier_exemption", given("true"));
        int picture = 0;
        for (String address : offer.pictures()) {
            if (picture == PICTURES) break;
            ObjectNode locator = one();
            locator.put("media_location", address);
            all.set(
                    picture == 0 ? "main_product_image_locator" : "other_product_image_locator_" + picture,
                    list(locator));
            picture++;
        }
    }

    /** Patches of stock and price: each replaces the whole attribute, so that the same again changes nothing. */
    ArrayNode patches(@Nullable Long pieces, @Nullable Money price) {
        ArrayNode patches = JSON.createArrayNode();
        if (pieces != null) patches.add(replace("fulfillment_availability", stock(pieces)));
        if (price != null) {
            patches.add(replace("purchasable_offer", price(price)));
            patches.add(replace("list_price", listPrice(price)));
        }
        return patches;
    }

    private static ObjectNode replace(String attribute, ArrayNode value) {
        ObjectNode patch = JSON.createObjectNode();
        patch.put("op", "replace");
        patch.put("path", "/attributes/" + attribute);
        patch.set("value", value);
        return patch;
    }

    private ArrayNode price(Money price) {
        ObjectNode offer = one();
        offer.put("currency", price.currency().getCurrencyCode());
        offer.putArray("our_price").addObject().putArray("schedule").addObject().put("value_with_tax", price.amount());
        return list(offer);
    }

    private ArrayNode listPrice(Money price) {
        ObjectNode whole = one();
        whole.put("currency", price.currency().getCurrencyCode());
        whole.put("value_with_tax", price.amount());
        return list(whole);
    }

    /** {@code DEFAULT}: the seller sends it himself. */
    private static ArrayNode stock(long pieces) {
        ObjectNode stock = JSON.createObjectNode();
        stock.put("fulfillment_channel_code", "DEFAULT");
        stock.put("quantity", pieces);
        return list(stock);
    }

    private ArrayNode said(String text) {
        ObjectNode said = one();
        said.put("value", text);
        said.put("language_tag", account.language());
        return list(said);
    }

    private ArrayNode plain(String value) {
        ObjectNode plain = one();
        plain.put("value", value);
        return list(plain);
    }

    private ArrayNode given(String value) {
        if (value.stripLeading().startsWith("[")) {
            JsonNode whole = JSON.readTree(value);
            if (whole instanceof ArrayNode array) return array;
        }
        if (!value.equals("true") && !value.equals("false")) return plain(value);
        ObjectNode truth = one();
        truth.put("value", value.equals("true"));
        return list(truth);
    }

    private ObjectNode one() {
        ObjectNode one = JSON.createObjectNode();
        one.put("marketplace_id", account.marketplaceId());
        return one;
    }

    private static ArrayNode list(ObjectNode one) {
        return JSON.createArrayNode().add(one);
    }

    /** At a blank where there is one in the last third. */
    private static String cut(String text, int longest) {
        String line = text.strip();
        if (line.length() <= longest) return line;
        int blank = line.lastIndexOf(' ', longest);
        int end = blank > longest * 2 / 3 ? blank : longest;
        if (Character.isHighSurrogate(line.charAt(end - 1))) end--;
        return line.substring(0, end).strip();
    }
}
