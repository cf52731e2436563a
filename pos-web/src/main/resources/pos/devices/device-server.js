import { api } from '../shell/server.js';

/** The calls about devices, one name each. */
export const deviceServer = {
  all: () => api.get('/pos/api/devices'),
  choices: () => api.get('/pos/api/devices/choices'),
  add: device => api.post('/pos/api/devices', device),
  change: (id, device) => api.put(`/pos/api/devices/${id}`, device),
  remove: id => api.delete(`/pos/api/devices/${id}`),
  test: id => api.post(`/pos/api/devices/${id}/test`, {}, { timeout: 60000 }),
  strip: id => api.post(`/pos/api/devices/${id}/strip`, {}, { timeout: 60000 }),
  kick: id => api.post(`/pos/api/devices/${id}/drawer`),
  simulation: id => api.get(`/pos/api/devices/${id}/simulation`),
  simulate: (id, act) => api.post(`/pos/api/devices/${id}/simulation`, act),
  openDrawer: (register, act, why) => api.post(`/pos/api/registers/${register}/drawer`, { act, why }),
  openings: register => api.get(`/pos/api/registers/${register}/drawer?limit=30`),
  labels: (partId, design, copies, location) => api.post('/pos/api/labels', { partId, design, copies, location }),
};
