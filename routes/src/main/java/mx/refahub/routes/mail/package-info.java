/** Letters that leave by SMTP, and suppliers' invoices that come by IMAP. */
@NullMarked
package mx.refahub.routes.mail;

import org.jspecify.annotations.NullMarked;
