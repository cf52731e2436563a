package mx.refahub.routes;

/**
 * Where stores find the hub's broker.
 *
 * @param url as a store is told at registration
 */
public record BrokerAddress(String url) {}
