/** Letters: written in the transaction of what they tell, sent once each, by the account that the console sets. */
@NullMarked
package mx.refahub.hub.notice;

import org.jspecify.annotations.NullMarked;
