package mx.refahub.pos.web;

/** Name of this process's session cookie. A hub and a store on one machine share a host name, so each door has its own. */
public record SessionCookie(String name) {}
