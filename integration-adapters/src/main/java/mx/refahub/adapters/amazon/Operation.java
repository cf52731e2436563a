package mx.refahub.adapters.amazon;

/**
 * The operations of the Selling Partner API that are used, each with the usage plan of its model (amzn/selling-partner-api-models): permits per second and
 * the burst. A test compares every line with the models.
 */
enum Operation {
    PUT_LISTING("putListingsItem", "PUT", "/listings/2021-08-01/items/{sellerId}/{sku}", 5, 10, true),
    PATCH_LISTING("patchListingsItem", "PATCH", "/listings/2021-08-01/items/{sellerId}/{sku}", 5, 5, true),
    SEARCH_LISTINGS("searchListingsItems", "GET", "/listings/2021-08-01/items/{sellerId}", 5, 5, true),
    GET_LISTING("getListingsItem", "GET", "/listings/2021-08-01/items/{sellerId}/{sku}", 5, 10, true),
    DELETE_LISTING("deleteListingsItem", "DELETE", "/listings/2021-08-01/items/{sellerId}/{sku}", 5, 5, true),
    CREATE_FEED_DOCUMENT("createFeedDocument", "POST", "/feeds/2021-06-30/documents", 0.5, 15, true),
    CREATE_FEED("createFeed", "POST", "/feeds/2021-06-30/feeds", 0.0083, 15, false),
    GET_FEED("getFeed", "GET", "/feeds/2021-06-30/feeds/{feedId}", 2, 15, true),
    GET_FEEDS("getFeeds", "GET", "/feeds/2021-06-30/feeds", 0.0222, 10, true),
    GET_FEED_DOCUMENT("getFeedDocument", "GET", "/feeds/2021-06-30/documents/{feedDocumentId}", 0.0222, 10, true),
    SEARCH_ORDERS("searchOrders", "GET", "/orders/2026-01-01/orders", 0.0056, 20, true),
    GET_ORDER("getOrder", "GET", "/orders/2026-01-01/orders/{orderId}", 0.5, 30, true),
    GET_ORDER_ADDRESS("getOrderAddress", "GET", "/orders/v0/orders/{orderId}/address", 0.5, 30, true),
    CONFIRM_SHIPMENT("confirmShipment", "POST", "/orders/v0/orders/{orderId}/shipmentConfirmation", 2, 10, true),
    RESTRICTED_TOKEN("createRestrictedDataToken", "POST", "/tokens/2021-03-01/restrictedDataToken", 1, 10, true);

    final String id;
    final String method;
    final String path;
    final double perSecond;
    final int burst;

    /** Done twice it has the same effect as once: may be sent again when its answer was lost. */
    final boolean repeatable;

    Operation(String id, String method, String path, double perSecond, int burst, boolean repeatable) {
        this.id = id;
        this.method = method;
        this.path = path;
        this.perSecond = perSecond;
        this.burst = burst;
        this.repeatable = repeatable;
    }
}
