import { api } from '../shell/server.js';

/** The calls of quotes, layaways and special orders. */
export const promises = {
  find: text => api.post('/pos/api/promises/search', { text }),
  one: id => api.get(`/pos/api/promises/${id}`),
  make: (ticket, making) => api.post(`/pos/api/tickets/${ticket}/promises`, making),
  pay: (id, register, deposit) => api.post(`/pos/api/promises/${id}/payments`, { register, deposit }),
  load: (id, register) => api.post(`/pos/api/promises/${id}/ticket`, { register }),
  note: (id, act, note) => api.post(`/pos/api/promises/${id}/notes`, { act, note }),
  cancel: (id, cancelling) => api.post(`/pos/api/promises/${id}/cancellation`, cancelling),
  print: (id, register) => api.post(`/pos/api/promises/${id}/print`, { register }),
  reserved: part => api.get(`/pos/api/parts/${part}/reserved`),
};

/** A number as papers bear it: a scan of it opens the promise. */
export const NUMBER = /^[A-Z0-9]{1,6}-(COT|APA|PED)\d{6,}$/i;
