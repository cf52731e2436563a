/**
 * Both ends of every conversation between stores and hub.
 *
 * <p>{@code HubRoutes} is the hub's door. It needs beans {@code Intake}, {@code Ledgers}, {@code BrokerAccounts} and {@code StreamVersions};
 * it gives {@code RouteMap}, {@code Commands} and {@link mx.refahub.routes.BrokerAddress}. Settings: {@link mx.refahub.routes.BrokerSettings}.
 *
 * <p>{@code StoreRoutes} is the door of the store's child process. It needs beans {@link mx.refahub.routes.StoreLink}, {@code Outbox},
 * {@code RelayCursor}, {@code DownLink}, {@code Clock} and, if the process wants to end by itself, {@link mx.refahub.routes.BrokerTrouble};
 * it gives {@link mx.refahub.routes.DocumentRelay}.
 */
@NullMarked
package mx.refahub.routes;

import org.jspecify.annotations.NullMarked;
