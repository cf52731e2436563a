/**
 * What the till's pages and the console share: who may call what, headers, problem details, texts, static files, and the calls of the
 * public catalogue that both processes answer.
 */
@NullMarked
package mx.refahub.pos.web;

import org.jspecify.annotations.NullMarked;
