/** Orders of marketplaces that this branch sells: found among the leases it gave itself, made tickets of, and told of as parcels. */
@NullMarked
package mx.refahub.store.market;

import org.jspecify.annotations.NullMarked;
