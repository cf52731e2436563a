/** Who is told of something and how: letters by e-mail, their templates, the server that carries them, the mailbox that brings some. */
@NullMarked
package mx.refahub.domain.notice;

import org.jspecify.annotations.NullMarked;
