package mx.refahub.pos.web;

/**
 * A pair of message files on the class path: {@code NAME.properties} in Spanish (Mexico) and {@code NAME_en.properties}, both UTF-8. Each door
 * names its own; all of a process are one set of keys.
 */
public record MessageFile(String name) {}
