import { currentLanguage } from './texts.js';

/** A 'no' of the server: `code` for branching, `detail` the sentence to show, `errors` by field. Status 0: nobody answered. */
export class Problem extends Error {
  constructor(status, body = {}) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? (status === 0 ? 'unreachable' : 'http-' + status);
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    this.errors = body.errors ?? [];
    this.arguments = body.arguments ?? [];
  }

  get unreachable() {
    return this.status === 0 || this.status === 502 && !this.detail || this.status === 504;
  }

  field(name) {
    return this.errors.find(error => error.field === name)?.text.replace(/\.?$/, '.');
  }
}

/**
 * Calls of one front end to its server. Changes carry the session's CSRF token; a stale one is fetched anew and the call repeated once, which is
 * safe because every change may be repeated.
 */
export class Api {
  #session;
  #csrf = '';
  #refused;

  /**
   * @param session address that answers with {csrf}
   * @param refused is told of each 'no' of the server before whoever called is
   */
  constructor(session, refused = () => undefined) {
    this.#session = session;
    this.#refused = refused;
  }

  set csrf(token) {
    this.#csrf = token;
  }

  get(path, options) {
    return this.#call('GET', path, undefined, options);
  }

  post(path, body = {}, options) {
    return this.#call('POST', path, body, options);
  }

  put(path, body = {}, options) {
    return this.#call('PUT', path, body, options);
  }

  delete(path, options) {
    return this.#call('DELETE', path, undefined, options);
  }

  async #call(method, path, body, { signal, timeout = 15000, again = true } = {}) {
    const headers = { Accept: 'application/json, application/problem+json', 'Accept-Language': currentLanguage() };
    if (method !== 'GET') headers['X-CSRF-TOKEN'] = this.#csrf;
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers['Content-Type'] = 'application/json';
    const signals = [signal, timeout ? AbortSignal.timeout(timeout) : undefined].filter(Boolean);
    let answer;
    try {
      answer = await fetch(path, {
        method,
        headers,
        body: body === undefined || form ? body : JSON.stringify(body),
        signal: signals.length ? AbortSignal.any(signals) : undefined,
        credentials: 'same-origin',
        cache: 'no-store',
      });
    } catch (failure) {
      if (signal?.aborted) throw failure;
      throw new Problem(0);
    }
    if (answer.status === 204) return undefined;
    let text;
    try {
      text = await answer.text();
    } catch (failure) {
      // It was cut off in the middle: what it said nobody knows, so nobody has answered.
      if (signal?.aborted) throw failure;
      throw new Problem(0);
    }
    let content;
    try {
      content = text ? JSON.parse(text) : undefined;
    } catch {
      content = undefined;
    }
    if (answer.ok) {
      if (content?.csrf) this.#csrf = content.csrf;
      return content;
    }
    if (content?.code === 'csrf-stale' && again) {
      await this.get(this.#session);
      return this.#call(method, path, body, { signal, timeout, again: false });
    }
    const problem = new Problem(answer.status, content);
    this.#refused(problem);
    throw problem;
  }
}
