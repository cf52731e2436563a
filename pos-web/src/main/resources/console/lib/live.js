/** What the server tells open pages: stores and runs as they change. One connection for the whole console. */
class Live extends EventTarget {
  stores = new Map();
  runs = new Map();
  alerts = new Map();
  state = 'connecting';
  #source;
  #timer;

  open() {
    if (this.#source) return;
    this.#source = new EventSource('/console/api/events');
    this.#source.addEventListener('hello', () => this.#become('live'));
    this.#source.addEventListener('stores', event => this.#take(this.stores, event));
    this.#source.addEventListener('runs', event => this.#take(this.runs, event));
    this.#source.addEventListener('alerts', event => this.#take(this.alerts, event));
    this.#source.onerror = () => {
      this.#become('lost');
      // Refused for good, e.g. while the hub restarts: the browser gives up, we do not.
      if (this.#source.readyState === EventSource.CLOSED) this.#again();
    };
  }

  #again() {
    this.#source.close();
    this.#source = undefined;
    this.#timer = setTimeout(() => this.open(), 5000);
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
    this.stores.clear();
    this.runs.clear();
    this.alerts.clear();
    this.state = 'connecting';
  }

  /** A row that was just fetched or answered is as good as one that was told. */
  put(kind, row) {
    this[kind].set(row.id, row);
    this.dispatchEvent(new CustomEvent('change', { detail: kind }));
  }

  #take(map, event) {
    for (const row of JSON.parse(event.data)) map.set(row.id, row);
    this.dispatchEvent(new CustomEvent('change', { detail: event.type }));
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent('change', { detail: 'state' }));
  }
}

export const live = new Live();

/** Renders its element anew when something told changes. */
export class Follows {
  constructor(host, ...kinds) {
    this.listener = event => {
      if (kinds.includes(event.detail)) host.requestUpdate();
    };
    host.addController(this);
  }

  hostConnected() {
    live.addEventListener('change', this.listener);
  }

  hostDisconnected() {
    live.removeEventListener('change', this.listener);
  }
}
