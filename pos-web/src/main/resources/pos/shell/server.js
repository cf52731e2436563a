import { Api } from 'shared/api.js';

/** The connector's calls, one name each. */
export const api = new Api('/pos/api/session');

const query = fields => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value) search.set(name, value);
  return search.toString();
};

export const server = {
  setup: () => api.get('/api/setup'),
  replaceMachine: form => api.post('/api/setup/replacement', form, { timeout: 600000 }),
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
  findSales: wanted => api.get('/pos/api/sales?' + query(wanted)),
  sales: register => api.get(`/pos/api/registers/${register}/sales?limit=30`),

  ticket: id => api.get(`/pos/api/tickets/${id}`),
  add: (ticket, line) => api.post(`/pos/api/tickets/${ticket}/lines`, line),
  makePart: part => api.post('/pos/api/parts', part),
  madeParts: () => api.get('/pos/api/parts'),
  loseSale: lost => api.post('/pos/api/lost-sales', lost),
  misc: (ticket, line) => api.post(`/pos/api/tickets/${ticket}/misc`, line),
  quantity: (ticket, line, quantity) => api.put(`/pos/api/tickets/${ticket}/lines/${line}`, { quantity }),
  remove: (ticket, line) => api.delete(`/pos/api/tickets/${ticket}/lines/${line}`),
  note: (ticket, line, note) => api.put(`/pos/api/tickets/${ticket}/lines/${line}/note`, { note }),
  discount: (ticket, line, discount) => api.put(`/pos/api/tickets/${ticket}/lines/${line}/discount`, discount),
  discountAll: (ticket, discount) => api.put(`/pos/api/tickets/${ticket}/discount`, discount),
  park: (ticket, note) => api.post(`/pos/api/tickets/${ticket}/park`, { note }),
  parked: () => api.get('/pos/api/parked'),
  recall: (register, ticket) => api.post(`/pos/api/registers/${register}/recall/${ticket}`),
  dropParked: ticket => api.delete(`/pos/api/parked/${ticket}`),
  notes: () => api.get('/pos/api/notes'),
  issueNote: ticket => api.post(`/pos/api/tickets/${ticket}/note`),
  reprintNote: ticket => api.post(`/pos/api/notes/${ticket}/reprint`),
  cancelNote: ticket => api.delete(`/pos/api/notes/${ticket}`),
  collectNote: (register, code) => api.post(`/pos/api/registers/${register}/notes`, { code }),
  handOvers: () => api.get('/pos/api/hand-overs'),
  lookHandOver: code => api.post('/pos/api/hand-overs/look', { code }),
  handOver: (sale, given) => api.post(`/pos/api/sales/${sale}/hand-overs`, given),
  returnable: code => api.get('/pos/api/returnable?' + query({ code })),
  bringBack: (ticket, back) => api.post(`/pos/api/tickets/${ticket}/returns`, back),
  preview: (ticket, offers, signal) => api.post(`/pos/api/tickets/${ticket}/payment/preview`, { offers }, { signal }),
  pay: (ticket, total, offers, approval) => api.post(`/pos/api/tickets/${ticket}/payment`, { total, offers, approval }, { timeout: 20000 }),

  customers: (text, signal) => api.post('/pos/api/customers/search', { text }, { signal }),
  customer: id => api.get(`/pos/api/customers/${id}`),
  makeCustomer: made => api.post('/pos/api/customers', made),
  mendCustomer: (id, mended) => api.post(`/pos/api/customers/${id}/changes`, mended),
  sellTo: (ticket, customer) => api.put(`/pos/api/tickets/${ticket}/customer`, { customer }),
  account: id => api.get(`/pos/api/customers/${id}/account`),
  payAccount: (id, paying) => api.post(`/pos/api/customers/${id}/payments`, paying),
  printStatement: (id, register) => api.post(`/pos/api/customers/${id}/statement`, { register }),
  bounce: (payment, bounce) => api.post(`/pos/api/account-payments/${payment}/bounce`, bounce),

  charges: ticket => api.get(`/pos/api/tickets/${ticket}/charges`),
  charge: (ticket, charge) => api.post(`/pos/api/tickets/${ticket}/charges`, charge, { timeout: 120000 }),
  credit: code => api.post('/pos/api/credits/look', { code }),
  inquire: charge => api.post(`/pos/api/charges/${charge}/inquiry`, undefined, { timeout: 30000 }),
  reverseCharge: charge => api.post(`/pos/api/charges/${charge}/reversal`, undefined, { timeout: 30000 }),

  fiscalTables: () => api.get('/pos/api/invoices/tables'),
  invoiceSale: code => api.post('/pos/api/invoices/sale', { code }),
  invoiceRfc: rfc => api.post('/pos/api/invoices/rfc', { rfc }),
  requestInvoice: (sale, wish) => api.post(`/pos/api/sales/${sale}/invoice`, wish),
  sale: id => api.get(`/pos/api/sales/${id}`),
  reprint: id => api.post(`/pos/api/sales/${id}/reprint`),
  paper: () => api.get('/pos/api/paper'),

  drawer: session => api.get(`/pos/api/cash/sessions/${session}`),
  takeOver: (session, act) => api.post(`/pos/api/cash/sessions/${session}/cashier`, { act }),
  moveCash: (session, movement) => api.post(`/pos/api/cash/sessions/${session}/movements`, movement),
  x: session => api.get(`/pos/api/cash/sessions/${session}/x`),
  printX: session => api.post(`/pos/api/cash/sessions/${session}/x`),
  tally: (pieces, signal) => api.post('/pos/api/cash/tally', { pieces }, { signal }),
  count: (session, count) => api.post(`/pos/api/cash/sessions/${session}/count`, count),
  counted: session => api.get(`/pos/api/cash/sessions/${session}/count`),
  closeCash: (session, closing) => api.post(`/pos/api/cash/sessions/${session}/z`, closing),
  reopenCash: (session, act, reason) => api.post(`/pos/api/cash/sessions/${session}/reopening`, { act, reason }),
  journal: session => api.get(`/pos/api/cash/sessions/${session}/journal`),
  zs: () => api.get('/pos/api/cash/zs'),
  z: id => api.get(`/pos/api/cash/zs/${id}`),
  reprintZ: id => api.post(`/pos/api/cash/zs/${id}/reprint`),
  day: day => api.get('/pos/api/cash/days' + (day ? '?day=' + day : '')),
  dayPapers: day => api.get(`/pos/api/cash/days/${day}/papers`),
  deposit: slip => api.post('/pos/api/cash/deposits', slip),
  reprintDeposit: id => api.post(`/pos/api/cash/deposits/${id}/reprint`),
  printDay: day => api.post(`/pos/api/cash/days/${day}/print`),

  search: (fields, signal) => api.get('/api/v1/catalog/search?' + query(fields), { signal }),
  vehicles: (fields, signal) => api.get('/api/v1/catalog/vehicles?' + query(fields), { signal }),
  part: id => api.get(`/api/v1/catalog/parts/${id}`),
  pictures: id => api.get(`/api/v1/catalog/parts/${id}/images`),
};
