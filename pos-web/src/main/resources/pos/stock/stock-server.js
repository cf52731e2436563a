import { api } from '../shell/server.js';

const root = '/pos/api/inventory';

/** The shelf's calls, one name each. */
export const stock = {
  find: code => api.get(`${root}/find?code=${encodeURIComponent(code)}`),
  byBranch: parts => api.get(`${root}/stock-by-branch?` + parts.map(part => 'part=' + part).join('&')),
  movements: part => api.get(`${root}/parts/${part}/movements`),
  orders: () => api.get(`${root}/purchase-orders`),
  order: id => api.get(`${root}/purchase-orders/${id}`),
  receive: receipt => api.post(`${root}/receipts`, receipt),
  adjust: adjustment => api.post(`${root}/adjustments`, adjustment),
  shelfLabels: printed => api.get(`/pos/api/shelf-labels?printed=${printed}`),
  printShelfLabels: wanted => api.post('/pos/api/shelf-labels', wanted),
  coresLying: () => api.get(`${root}/cores`),
  giveCores: giving => api.post(`${root}/cores`, giving),
  branches: () => api.get(`${root}/branches`),
  transfers: () => api.get(`${root}/transfers`),
  transfer: number => api.get(`${root}/transfers/${encodeURIComponent(number)}`),
  send: sending => api.post(`${root}/transfers`, sending),
  takeIn: (number, arrival) => api.post(`${root}/transfers/${encodeURIComponent(number)}/arrivals`, arrival),
  leases: () => api.get(`${root}/leases`),
  ask: asking => api.post(`${root}/leases`, asking),
  withdrawLease: (id, why) => api.post(`${root}/leases/${id}/withdraw`, { why }),
  refuseLease: (id, why) => api.post(`${root}/leases/${id}/refuse`, { why }),
  beside: ticket => api.get(`${root}/tickets/${ticket}`),
  counts: () => api.get(`${root}/counts`),
  startCount: (id, bin, abc) => api.post(`${root}/counts`, { id, bin, abc }),
  enter: (count, line, replaces) => api.post(`${root}/counts/${count}/entries`, { line, replaces }),
  entered: count => api.get(`${root}/counts/${count}/entries`),
  review: count => api.get(`${root}/counts/${count}/review`),
  closeCount: (count, closing) => api.post(`${root}/counts/${count}/close`, closing),
  dropCount: count => api.delete(`${root}/counts/${count}`),
};
