package mx.refahub.routes.down;

import mx.refahub.domain.delivery.DownMessage;

/** A message and the store it is for. */
public record Post(String slug, DownMessage message) {}
