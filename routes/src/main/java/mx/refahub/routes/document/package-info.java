/** The way of a document: relayed at the store, landed, acknowledged and applied at the hub. */
@NullMarked
package mx.refahub.routes.document;

import org.jspecify.annotations.NullMarked;
