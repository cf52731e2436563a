import { till } from '../shell/till.js';

/** What devices say while this page is open: 'device', 'scan', 'simulation' as events with their data in `detail`. */
class DeviceFeed extends EventTarget {
  #events;
  #timer;

  constructor() {
    super();
    till.addEventListener('change', () => this.#follow());
  }

  #follow() {
    const wanted = Boolean(till.person) && till.may('devices.see') && !till.locked;
    if (!wanted) {
      this.#events?.close();
      this.#events = undefined;
      return;
    }
    if (this.#events) return;
    const events = new EventSource('/pos/api/devices/events');
    this.#events = events;
    for (const name of ['device', 'scan', 'simulation'])
      events.addEventListener(name, event => this.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(event.data) })));
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED || this.#events !== events) return;
      this.#events = undefined;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#follow(), 3000);
    };
  }

  /** Scans of a scanner on a wire that are meant for this register. */
  scans(take) {
    this.addEventListener('scan', ({ detail }) => {
      if (!detail.register || detail.register === till.register?.id) take(detail.code);
    });
  }
}

export const feed = new DeviceFeed();
