/** Mailboxes of others, and what suppliers put into their letters. */
@NullMarked
package mx.refahub.adapters.mail;

import org.jspecify.annotations.NullMarked;
