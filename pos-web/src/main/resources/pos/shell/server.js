import { Api } from 'shared/api.js';

/** The connector's calls, one name each. */
const api = new Api('/pos/api/session');

const query = fields => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value) search.set(name, value);
  return search.toString();
};

export const server = {
  setup: () => api.get('/api/setup'),
  register: form => api.post('/api/setup', form, { timeout: 60000 }),
  health: () => api.get('/api/v1/health', { timeout: 3000 }),
  acceptClock: reason => api.post('/pos/api/clock', { reason }),
  status: () => api.get('/api/status', { timeout: 3000 }),

  session: () => api.get('/pos/api/session'),
  people: () => api.get('/pos/api/people'),
  signIn: (user, pin) => api.post('/pos/api/session', { user, pin }),
  redeem: (user, code, pin) => api.post('/pos/api/session/redeem', { user, code, pin }),
  signOut: () => api.delete('/pos/api/session'),

  registers: () => api.get('/pos/api/registers'),
  openDrawer: (register, id, openingFloat) => api.post(`/pos/api/registers/${register}/sessions`, { id, openingFloat }),
  inHand: register => api.post(`/pos/api/registers/${register}/ticket`),
  sales: register => api.get(`/pos/api/registers/${register}/sales?limit=30`),

  ticket: id => api.get(`/pos/api/tickets/${id}`),
  add: (ticket, line) => api.post(`/pos/api/tickets/${ticket}/lines`, line),
  quantity: (ticket, line, quantity) => api.put(`/pos/api/tickets/${ticket}/lines/${line}`, { quantity }),
  remove: (ticket, line) => api.delete(`/pos/api/tickets/${ticket}/lines/${line}`),
  preview: (ticket, offers, signal) => api.post(`/pos/api/tickets/${ticket}/payment/preview`, { offers }, { signal }),
  pay: (ticket, total, offers) => api.post(`/pos/api/tickets/${ticket}/payment`, { total, offers }, { timeout: 20000 }),

  sale: id => api.get(`/pos/api/sales/${id}`),
  reprint: id => api.post(`/pos/api/sales/${id}/reprint`),
  paper: () => api.get('/pos/api/paper'),

  search: (fields, signal) => api.get('/api/v1/catalog/search?' + query(fields), { signal }),
  vehicles: (fields, signal) => api.get('/api/v1/catalog/vehicles?' + query(fields), { signal }),
  part: id => api.get(`/api/v1/catalog/parts/${id}`),
};
